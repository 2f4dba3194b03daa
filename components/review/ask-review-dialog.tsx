'use client'

import type { BaseId } from '#protocol/bases.ts'
import { limits } from '#protocol/limits.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useState } from 'react'
import { FileName } from './file-name.tsx'
import { useBase } from './use-bases.ts'
import { useSendReview } from './use-send-review.ts'

const most = limits.referencesPerPrompt

export type AskedFile = { fileId: string; path: string }

type AskReviewDialogProps = {
  files: readonly AskedFile[]
  /** What changed in them since this base is meant. */
  since?: BaseId
  onClose(): void
}

/** Chooses the files that the assistant is asked to review. */
export function AskReviewDialog({ files, since, onClose }: AskReviewDialogProps) {
  const base = useBase(since ?? 'start')
  const send = useSendReview()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(files.slice(0, most).map(({ fileId }) => fileId)))
  const [asking, setAsking] = useState(false)

  const choose = (fileId: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(fileId)
    else next.delete(fileId)
    setChosen(next)
  }
  const ask = async () => {
    setAsking(true)
    const sent = await send(
      files.flatMap(({ fileId }) => (chosen.has(fileId) ? fileId : [])),
      since,
    )
    setAsking(false)
    if (sent) onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={since === undefined ? 'Ask the assistant to review files' : 'Ask the assistant to review these changes'}
      description={`${since === undefined ? '' : `Compared with ${base.wording}. `}Its remarks become threads that people accept or dismiss.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="ember" disabled={asking || chosen.size === 0 || chosen.size > most} onClick={() => void ask()}>
            Review {chosen.size === 1 ? '1 file' : `${chosen.size} files`}
          </Button>
        </>
      }
    >
      <div className="flex items-center gap-1 pb-1">
        <span className="flex-1 text-small text-text-3">
          {files.length > most ? `At most ${most} files at once.` : `${files.length} files`}
        </span>
        <Button
          size="small"
          variant="ghost"
          onClick={() => setChosen(new Set(files.slice(0, most).map(({ fileId }) => fileId)))}
        >
          {files.length > most ? `First ${most}` : 'All'}
        </Button>
        <Button size="small" variant="ghost" onClick={() => setChosen(new Set())}>
          None
        </Button>
      </div>
      <ul aria-label="Files to review" className="max-h-[40dvh] overflow-y-auto rounded-control border border-line py-1">
        {files.map(({ fileId, path }) => (
          <li key={fileId}>
            <label className="flex h-6.5 cursor-pointer items-center gap-2 px-2 hover:bg-bg-hover" title={path}>
              <input
                type="checkbox"
                aria-label={path}
                checked={chosen.has(fileId)}
                onChange={(event) => choose(fileId, event.target.checked)}
                className="size-4 shrink-0 accent-(--strong)"
              />
              <span className="min-w-0 flex-1 truncate">
                <FileName path={path} />
              </span>
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
