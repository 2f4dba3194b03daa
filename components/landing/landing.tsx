'use client'

import { toast, ToastHost } from '#ui/toast.tsx'
import { useTheme } from '#ui/theme.ts'
import { TooltipProvider } from '#ui/tooltip.tsx'
import { useCallback, useState } from 'react'
import { createSession, fetchRecentSessions, fetchSamples, fetchStatus } from './api.ts'
import type { CreateSessionBody } from '#protocol/http.ts'
import { DropTarget } from './drop-target.tsx'
import { wordFailure } from './failure-wording.ts'
import { ImportDialog } from './import-dialog.tsx'
import { LandingHeader } from './landing-header.tsx'
import { ModelNote } from './model-note.tsx'
import { RecentSessions } from './recent-sessions.tsx'
import { SampleList } from './sample-list.tsx'
import { StartTiles } from './start-tiles.tsx'
import { useImport } from './use-import.ts'
import { useResource } from './use-resource.ts'

/** A full load, so that the session starts from what the server stored, not from this page's memory. */
function enter(sessionId: string) {
  window.location.assign(`/s/${sessionId}`)
}

/** Where a session starts: from a sample, empty, from one's own files, or where one left off. */
export function Landing() {
  const theme = useTheme()
  const samples = useResource(fetchSamples)
  const recent = useResource(fetchRecentSessions)
  const status = useResource(fetchStatus)
  const [starting, setStarting] = useState<string | undefined>(undefined)
  const imports = useImport(enter)

  const start = useCallback(async (key: string, body: CreateSessionBody) => {
    setStarting(key)
    const result = await createSession(body)
    if (result.ok) return enter(result.value.sessionId)
    setStarting(undefined)
    toast.error('The session was not created', { description: wordFailure(result.code) })
  }, [])

  const dismissImport = () => {
    imports.dismiss()
    void recent.reload()
  }

  return (
    <TooltipProvider>
      <DropTarget onDrop={imports.importDrop}>
        <LandingHeader status={status.resource} />
        <main className="mx-auto w-full max-w-270 px-4 pt-8 pb-16 wide:px-8 wide:pt-14">
          <h1 className="text-display font-semibold tracking-[-0.015em] text-balance">
            Write code in the same file as a very fast model.
          </h1>
          <p className="max-w-160 pt-2 text-title text-text-2">
            You keep typing while its changes stream into the editor as live diffs. Accept or reject each one, even before it
            has finished.
          </p>
          <div className="grid gap-x-10 gap-y-10 pt-9 wide:grid-cols-[minmax(0,1fr)_328px]">
            <section aria-labelledby="start" className="min-w-0">
              <h2 id="start" className="pb-3 font-semibold">
                Start a session
              </h2>
              <SampleList
                samples={samples.resource}
                starting={starting}
                onStart={(sampleId) => void start(sampleId, { from: 'sample', sampleId })}
                onRetry={() => void samples.reload()}
              />
              <StartTiles
                starting={starting}
                onEmpty={() => void start('empty', { from: 'empty' })}
                onFiles={imports.importFiles}
              />
            </section>
            <div className="flex min-w-0 flex-col gap-8">
              <RecentSessions sessions={recent.resource} reload={recent.reload} />
              <ModelNote status={status.resource} />
            </div>
          </div>
        </main>
      </DropTarget>
      <ImportDialog state={imports.state} onDismiss={dismissImport} onEnter={enter} />
      <ToastHost theme={theme} />
    </TooltipProvider>
  )
}
