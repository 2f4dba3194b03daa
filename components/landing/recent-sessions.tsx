'use client'

import type { RecentSession } from '#protocol/http.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.tsx'
import { useState } from 'react'
import { deleteSession, renameSession } from './api.ts'
import { wordFailure } from './failure-wording.ts'
import { LoadFailure } from './load-failure.tsx'
import { RecentRow } from './recent-row.tsx'
import type { Resource } from './use-resource.ts'

type RecentSessionsProps = { sessions: Resource<{ sessions: RecentSession[] }>; reload(): Promise<void> }

export function RecentSessions({ sessions, reload }: RecentSessionsProps) {
  const [deleting, setDeleting] = useState<RecentSession | undefined>(undefined)

  const rename = async (sessionId: string, name: string) => {
    const result = await renameSession(sessionId, { name })
    if (!result.ok) toast.error('The session kept its name', { description: wordFailure(result.code) })
    await reload()
  }
  const remove = async ({ sessionId, name }: RecentSession) => {
    const result = await deleteSession(sessionId)
    if (result.ok) toast.success(`“${name}” was deleted`)
    else toast.error('The session was not deleted', { description: wordFailure(result.code) })
    await reload()
  }

  return (
    <section aria-labelledby="recent">
      <h2 id="recent" className="pb-3 font-semibold">
        Recent sessions
      </h2>
      {sessions.status === 'loading' && (
        <div
          aria-busy="true"
          aria-label="Loading sessions"
          className="h-34 animate-breathe rounded-card border border-line bg-bg-1"
        />
      )}
      {sessions.status === 'failed' && (
        <LoadFailure what="Your sessions could not be loaded" code={sessions.code} onRetry={() => void reload()} />
      )}
      {sessions.status === 'ready' && sessions.value.sessions.length === 0 && (
        <p className="rounded-card border border-dashed border-line-strong px-3.5 py-3 text-text-2">
          None yet. What you start is kept here, with its files and its conversation.
        </p>
      )}
      {sessions.status === 'ready' && sessions.value.sessions.length > 0 && (
        <ul className="max-h-105 overflow-y-auto rounded-card border border-line bg-bg-1 p-1">
          {sessions.value.sessions.map((session) => (
            <RecentRow
              key={session.sessionId}
              session={session}
              onRename={(name) => void rename(session.sessionId, name)}
              onDelete={() => setDeleting(session)}
            />
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={deleting !== undefined}
        onOpenChange={() => setDeleting(undefined)}
        title={`Delete “${deleting?.name ?? ''}”?`}
        description="Its files and its conversation are deleted for everyone who has it open. This cannot be undone."
        confirm="Delete"
        onConfirm={() => deleting && void remove(deleting)}
      />
    </section>
  )
}
