'use client'

import { FilePen, FileX2 } from 'lucide-react'
import type { Hunk } from '#protocol/hunks.ts'
import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'

type FileChangeBannerProps = { fileId: string; decide(hunkId: string, decision: 'accept' | 'reject'): void }

/** Above a file that the assistant wants to rename or delete; nothing has happened to it yet. */
export function FileChangeBanner({ fileId, decide }: FileChangeBannerProps) {
  const hunk = useSession(({ hunks }) => Object.values(hunks).find((one) => one.fileId === fileId && isPending(one)))
  const mayDecide = useSession(({ you }) => you !== null && permits(you.role, 'editor'))
  if (hunk === undefined) return null
  const Icon = hunk.kind === 'delete' ? FileX2 : FilePen
  return (
    <div
      role="group"
      aria-label="What the assistant wants to do with this file"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-bg-3 px-3 py-1"
    >
      <Icon size={14} aria-hidden className="text-ember-text" />
      <p className="min-w-0 flex-1 basis-60 break-words">
        {hunk.kind === 'delete' ? (
          'The assistant wants to delete this file.'
        ) : (
          <>
            The assistant wants to rename this file to <span className="font-mono text-[12px]">{hunk.newPath}</span>.
          </>
        )}
      </p>
      {mayDecide && (
        <span className="flex gap-1.5">
          <Button size="small" onClick={() => decide(hunk.hunkId, 'reject')}>
            {hunk.kind === 'delete' ? 'Keep it' : 'Keep its name'}
          </Button>
          <Button size="small" onClick={() => decide(hunk.hunkId, 'accept')}>
            {hunk.kind === 'delete' ? 'Delete' : 'Rename'}
          </Button>
        </span>
      )}
    </div>
  )
}

function isPending({ kind, state }: Hunk): boolean {
  return state === 'settled' && (kind === 'rename' || kind === 'delete')
}
