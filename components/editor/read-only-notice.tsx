'use client'

import { Button } from '#ui/button.tsx'
import { useOwnEdits } from '#session/session-provider.tsx'
import { wordReadOnly } from './read-only-wording.ts'
import type { ReadOnly } from './use-read-only.ts'

/** Says at the top of the editor why nothing can be typed, and what to do about it. */
export function ReadOnlyNotice({ fileId, readOnly }: { fileId: string; readOnly: ReadOnly }) {
  const edits = useOwnEdits()
  const wording = wordReadOnly(readOnly)
  if (wording === null) return null
  const readAnew = () => {
    const document = edits.documents.get(fileId)
    if (document !== undefined) void edits.readAnew(document)
  }
  return (
    <div role="status" className="flex items-center gap-3 border-b border-line bg-bg-3 px-4 py-1.5 text-small text-text-2">
      <p className="min-w-0 flex-1">
        <b className="font-semibold text-text-1">{wording.title}.</b> {wording.detail}
      </p>
      {readOnly.why === 'refused' && readOnly.reason !== 'not_text' && (
        <Button size="small" onClick={readAnew}>
          Read the file anew
        </Button>
      )}
    </div>
  )
}
