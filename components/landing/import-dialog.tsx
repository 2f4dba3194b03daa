'use client'

import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { wordFailure } from './failure-wording.ts'
import { groupSkipped } from './import-report.ts'
import type { ImportState } from './use-import.ts'

type ImportDialogProps = { state: ImportState; onDismiss(): void; onEnter(sessionId: string): void }

const count = (files: number) => (files === 1 ? '1 file' : `${files.toLocaleString('en')} files`)

function progressSentence(state: Extract<ImportState, { phase: 'reading' | 'packing' | 'sending' }>): string {
  switch (state.phase) {
    case 'reading':
      return state.files === 0 ? 'Looking for files…' : `Reading… ${count(state.files)} so far`
    case 'packing':
      return `Packing ${count(state.files ?? 0)} of “${state.name}”…`
    case 'sending':
      return `Storing “${state.name}”…`
  }
}

/** An import from the moment it starts: progress, then what was left out, or why nothing was created. */
export function ImportDialog({ state, onDismiss, onEnter }: ImportDialogProps) {
  switch (state.phase) {
    case 'idle':
      return null
    case 'reading':
    case 'packing':
    case 'sending':
      return (
        <Dialog
          open
          onOpenChange={onDismiss}
          title="Opening your files"
          description={progressSentence(state)}
          footer={<Button onClick={onDismiss}>Stop</Button>}
        >
          <div aria-hidden className="h-1 animate-breathe rounded-full bg-text-3" />
        </Dialog>
      )
    case 'failed':
      return (
        <Dialog
          open
          onOpenChange={onDismiss}
          title="Nothing was opened"
          description={wordFailure(state.code)}
          footer={<Button onClick={onDismiss}>Close</Button>}
        />
      )
    case 'report':
      return (
        <Dialog
          open
          onOpenChange={onDismiss}
          title={`${count(state.created.imported)} imported`}
          description="Some things were left out. Your own folder is unchanged."
          footer={
            <Button variant="strong" size="large" onClick={() => onEnter(state.created.sessionId)}>
              Open the session
            </Button>
          }
        >
          <ul className="flex flex-col gap-3">
            {groupSkipped(state.skipped).map(({ reason, paths }) => (
              <li key={reason}>
                <p className="flex gap-3 text-text-1">
                  <span className="flex-1">{reason}</span>
                  <span className="text-text-3">{paths.length.toLocaleString('en')}</span>
                </p>
                <ul className="max-h-32 overflow-y-auto pt-1 font-mono text-small text-text-3">
                  {paths.slice(0, 200).map((path) => (
                    <li key={path} className="truncate" title={path}>
                      {path}
                    </li>
                  ))}
                  {paths.length > 200 && <li>and {(paths.length - 200).toLocaleString('en')} more</li>}
                </ul>
              </li>
            ))}
          </ul>
        </Dialog>
      )
  }
}
