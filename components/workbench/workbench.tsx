'use client'

import { useInBrowser } from '#ui/use-in-browser.ts'
import { lazy, Suspense } from 'react'
import type { WorkbenchLayout } from './layout-cookie.ts'
import { Skeleton } from './skeleton.tsx'

const load = () => import('./live-workbench.tsx').then(({ LiveWorkbench }) => ({ default: LiveWorkbench }))
const LiveWorkbench = lazy(load)

// Asked for as soon as this script runs, not only when the page has been hydrated.
if (typeof window !== 'undefined') void load()

/**
 * A session's page. The server renders only the skeleton: what follows needs the socket, and a server that evaluated it would
 * hold Yjs twice in one process.
 */
export function Workbench({ sessionId, initialLayout }: { sessionId: string; initialLayout: WorkbenchLayout }) {
  const skeleton = <Skeleton layout={initialLayout} />
  if (!useInBrowser()) return skeleton
  return (
    <Suspense fallback={skeleton}>
      <LiveWorkbench sessionId={sessionId} initialLayout={initialLayout} />
    </Suspense>
  )
}
