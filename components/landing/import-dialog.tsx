'use client'

import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { wordFailure } from './failure-wording.ts'
import { countOf } from './import-report.ts'
import { SkippedList } from './skipped-list.tsx'
import type { ImportState } from './use-import.ts'

type ImportDialogProps = { state: ImportState; onDismiss(): void; onEnter(sessionId: string): void }

function progressSentence(state: Extract<ImportState, { phase: 'reading' | 'packing' | 'sending' }>): string {
  switch (state.phase) {
    case 'reading':
      return state.files === 0 ? 'Looking for files…' : `Reading… ${countOf(state.files)} so far`
    case 'packing':
      return `Packing ${countOf(state.files ?? 0)} of “${state.name}”…`
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
          title={`${countOf(state.created.imported)} imported`}
          description="Some things were left out. Your own folder is unchanged."
          footer={
            <Button variant="strong" size="large" onClick={() => onEnter(state.created.sessionId)}>
              Open the session
            </Button>
          }
        >
          <SkippedList skipped={state.skipped} />
        </Dialog>
      )
  }
}
