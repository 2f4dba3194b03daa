'use client'

import { importInto } from '#landing/api.ts'
import type { Picked } from '#landing/dropped-files.ts'
import { wordFailure } from '#landing/failure-wording.ts'
import { countOf } from '#landing/import-report.ts'
import { SkippedList } from '#landing/skipped-list.tsx'
import type { ImportFailure } from '#landing/use-import.ts'
import { zipFiles } from '#landing/zip-files.ts'
import { conflictChoices, type ConflictChoice, type ImportedInto, type SkippedFile } from '#protocol/http.ts'
import { limits } from '#protocol/limits.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { toast } from '#ui/toast.tsx'
import { useEffect, useRef, useState } from 'react'

type AddFilesDialogProps = { sessionId: string; picked: Picked; folder: string; onClose(): void }

type Phase =
  | { name: 'asking' | 'sending' }
  | { name: 'failed'; code: ImportFailure }
  | { name: 'report'; done: ImportedInto; skipped: SkippedFile[] }

const choices: Record<ConflictChoice, string> = {
  skip: 'Keep the session’s file',
  replace: 'Replace its text with the new one',
  both: 'Keep both; the new one gets another name',
}

/** Brings picked files into the session: asks what happens where a file is there already, sends, and tells what was left out. */
export function AddFilesDialog({ sessionId, picked, folder, onClose }: AddFilesDialogProps) {
  const [phase, setPhase] = useState<Phase>(
    picked.type === 'refused' ? { name: 'failed', code: picked.reason } : { name: 'asking' },
  )
  const [conflict, setConflict] = useState<ConflictChoice>('skip')
  const stop = useRef(new AbortController())
  useEffect(() => {
    const controller = stop.current
    return () => controller.abort()
  }, [])

  const send = async () => {
    setPhase({ name: 'sending' })
    const ended = await sent(sessionId, picked, { folder, conflict }, stop.current.signal)
    if (ended === undefined) return
    if (ended.name === 'report' && ended.skipped.every(({ reason }) => reason === 'path_taken' && conflict === 'skip')) {
      const { added, replaced } = ended.done
      const kept = ended.skipped.length === 0 ? undefined : `${countOf(ended.skipped.length)} there already stayed as they are.`
      toast.success(`${countOf(added)} added${replaced > 0 ? `, ${replaced} replaced` : ''}`, { description: kept })
      onClose()
    } else {
      setPhase(ended)
    }
  }

  if (phase.name === 'failed')
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title="Nothing was added"
        description={wordFailure(phase.code)}
        footer={<Button onClick={onClose}>Close</Button>}
      />
    )
  if (phase.name === 'report')
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={`${countOf(phase.done.added)} added, ${phase.done.replaced} replaced`}
        description="Some things were left out. Your own files are unchanged."
        footer={<Button onClick={onClose}>Close</Button>}
      >
        <SkippedList skipped={phase.skipped} />
      </Dialog>
    )
  const what = picked.type === 'files' ? countOf(picked.files.length) : 'the files of the zip'
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Add ${what} to ${folder === '' ? 'the session' : folder}`}
      description={phase.name === 'sending' ? 'Storing them…' : 'Everyone in the session gets them.'}
      footer={
        <>
          <Button onClick={onClose}>{phase.name === 'sending' ? 'Stop' : 'Cancel'}</Button>
          <Button variant="strong" disabled={phase.name === 'sending'} onClick={() => void send()}>
            Add
          </Button>
        </>
      }
    >
      <fieldset disabled={phase.name === 'sending'} className="flex flex-col gap-1.5">
        <legend className="pb-1.5 text-text-2">Where a file with the same path is there already:</legend>
        {conflictChoices.map((choice) => (
          <label key={choice} className="flex items-center gap-2">
            <input
              type="radio"
              name="conflict"
              checked={conflict === choice}
              onChange={() => setConflict(choice)}
              className="accent-[var(--strong)]"
            />
            {choices[choice]}
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}

/** Undefined where it was stopped. */
async function sent(
  sessionId: string,
  picked: Picked,
  { folder, conflict }: { folder: string; conflict: ConflictChoice },
  signal: AbortSignal,
): Promise<Phase | undefined> {
  if (picked.type !== 'zip' && picked.type !== 'files') return undefined
  let zip: Blob
  try {
    zip = picked.type === 'zip' ? picked.file : await zipFiles(picked.files, signal)
  } catch {
    return signal.aborted ? undefined : { name: 'failed', code: 'unreadable' }
  }
  if (zip.size > limits.importBytes) return { name: 'failed', code: 'too_large' }
  const into =
    picked.type === 'files' && picked.folder !== undefined ? [folder, picked.folder].filter(Boolean).join('/') : folder
  const result = await importInto(sessionId, { zip, keepFolder: picked.type === 'files', folder: into, conflict }, signal)
  if (!result.ok) return result.code === 'aborted' ? undefined : { name: 'failed', code: result.code }
  const left = picked.type === 'files' ? picked.plan.skipped : []
  return { name: 'report', done: result.value, skipped: [...left, ...result.value.skipped] }
}
