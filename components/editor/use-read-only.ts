import { useSyncExternalStore } from 'react'
import { permits } from '#protocol/roles.ts'
import { useDocuments, useSession } from '#session/session-provider.tsx'
import type { DocumentStatus } from '#session/client-document.ts'

/** Why a file cannot be edited, or null. */
export type ReadOnly =
  | { why: 'role' }
  | { why: 'opening' }
  | { why: 'offline' }
  | { why: 'disconnected' }
  | { why: 'refused'; reason: (DocumentStatus & { state: 'refused' })['reason'] }

const offline: ReadOnly = { why: 'offline' }
const opening: ReadOnly = { why: 'opening' }
const role: ReadOnly = { why: 'role' }
const disconnected: ReadOnly = { why: 'disconnected' }

export function useReadOnly(fileId: string | null): ReadOnly | null {
  const documents = useDocuments()
  const status = useSyncExternalStore(
    (notice) => documents.subscribe(notice),
    () => (fileId === null ? undefined : documents.get(fileId)?.status),
    () => undefined,
  )
  const isRefused = useSession((state) => state.connection.status === 'refused')
  const isOffline = useSession((state) => state.connection.status === 'offline')
  const mayEdit = useSession((state) => state.you === null || permits(state.you.role, 'editor'))
  if (isRefused) return disconnected
  if (status?.state === 'refused') return { why: 'refused', reason: status.reason }
  if (!mayEdit) return role
  if (status?.state === 'open') return null
  return isOffline ? offline : opening
}
