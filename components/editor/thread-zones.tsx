'use client'

import type { ThreadsInEditor } from './editor-props.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import { ThreadZonePortal } from './thread-zone-portal.tsx'
import type { ThreadMarking } from './use-thread-marks.ts'

type ThreadZonesProps = { editor: CodeEditor; marks: ThreadMarking; threads: ThreadsInEditor }

/** The conversation that is open, and the one that somebody is about to begin, under their lines. */
export function ThreadZones({ editor, marks: { shown, commenting, endComment }, threads }: ThreadZonesProps) {
  const { ThreadView, NewThread } = threads
  return (
    <>
      {shown !== undefined && (
        <ThreadZonePortal key={shown.threadId} editor={editor} line={shown.toLine}>
          <ThreadView
            threadId={shown.threadId}
            onClose={() => {
              threads.onShow(null)
              editor.focus()
            }}
            onStep={threads.onStep}
          />
        </ThreadZonePortal>
      )}
      {commenting !== null && (
        <ThreadZonePortal key={`new-${commenting.key}`} editor={editor} line={commenting.lines?.toLine ?? 0}>
          <NewThread
            fileId={commenting.fileId}
            {...(commenting.lines === undefined ? {} : { lines: commenting.lines })}
            onEnd={endComment}
          />
        </ThreadZonePortal>
      )}
    </>
  )
}
