'use client'

import { permits } from '#protocol/roles.ts'
import type { KeptCopy } from '#session/outbox/outbox-database.ts'
import { putBack } from '#session/outbox/put-back.ts'
import { useOwnEdits, useSession, useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { toast } from '#ui/toast.tsx'
import { useState } from 'react'
import { copyLines, type CopyLine } from './copy-lines.ts'
import { wordCopy, wordNotPutBack, wordTaken } from './copy-wording.ts'

type KeptCopyCardProps = { copy: KeptCopy; onPutBack(fileId: string): void }

/** One kept copy: why it is here, what it would change, and the ways on. */
export function KeptCopyCard({ copy, onPutBack }: KeptCopyCardProps) {
  const edits = useOwnEdits()
  const store = useSessionStore()
  const { createFile } = useSessionActions()
  const mayEdit = useSession(({ you }) => you !== null && permits(you.role, 'editor'))
  const path = useSession(({ files }) => files.find(({ fileId }) => fileId === copy.fileId)?.path)
  const [problem, setProblem] = useState<string>()
  const [isTaken, setTaken] = useState(false)
  const [busy, setBusy] = useState(false)

  const put = async (how: 'merge' | 'replace') => {
    setBusy(true)
    const isThere = (wanted: string) => store.read().files.some(({ fileId }) => fileId === wanted)
    const done = await putBack(copy, { documents: edits.documents, isThere, createFile, how })
    setBusy(false)
    if (done.result === 'conflict') return setTaken(true)
    if (done.result === 'failed') return setProblem(wordNotPutBack(done.code))
    edits.copies.drop(copy.copyId)
    toast.success(`Your edits are back in ${path ?? copy.path}`, { description: 'Undo takes them out again.' })
    onPutBack(done.fileId)
  }
  const forget = () => {
    edits.copies.drop(copy.copyId)
    toast('The copy was thrown away', { action: { label: 'Bring it back', onClick: () => edits.copies.add(copy) } })
  }

  return (
    <li aria-label={copy.path} className="rounded-card border border-line bg-bg-2">
      <div className="px-3 pt-2.5">
        <h3 className="font-mono text-[12px] break-all">{path ?? copy.path}</h3>
        <p className="pt-0.5 text-text-2">{wordCopy(copy)}</p>
      </div>
      <CopyText lines={copyLines(copy)} label={`What the copy of ${copy.path} has that the file has not`} />
      {(isTaken || problem !== undefined) && (
        <p role="alert" className="px-3 pb-2 text-text-2">
          {problem ?? wordTaken}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2 border-t border-line p-2">
        <Button size="small" variant="ghost" onClick={forget}>
          Throw away
        </Button>
        <Button size="small" onClick={() => download(copy)}>
          Download
        </Button>
        {mayEdit && isTaken && (
          <Button size="small" disabled={busy} onClick={() => void put('replace')}>
            Replace the file’s text
          </Button>
        )}
        {mayEdit && !isTaken && (
          <Button size="small" variant="strong" disabled={busy} onClick={() => void put('merge')}>
            Put back as my edit
          </Button>
        )}
      </div>
    </li>
  )
}

const looks: Record<CopyLine['kind'], string> = {
  same: 'text-text-2',
  added: 'bg-add-bg',
  deleted: 'bg-del-bg text-del-text',
  gap: 'text-text-3',
}
const signs: Record<CopyLine['kind'], string> = { same: ' ', added: '+', deleted: '−', gap: '⋯' }

function CopyText({ lines, label }: { lines: readonly CopyLine[]; label: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- who has no pointer scrolls it with the keys
    <div role="group" aria-label={label} tabIndex={0} className="my-2 max-h-60 overflow-auto border-y border-line bg-bg-0 py-1">
      <pre className="w-max min-w-full font-mono text-[12px] leading-4.5">
        {lines.map(({ kind, text }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity, and do not change
          <div key={index} className={classNames('px-3', looks[kind])}>
            <span aria-hidden className="pr-2 select-none">
              {signs[kind]}
            </span>
            {text}
          </div>
        ))}
      </pre>
    </div>
  )
}

function download({ path, text }: KeptCopy) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = path.split('/').at(-1) ?? path
  link.click()
  URL.revokeObjectURL(url)
}
