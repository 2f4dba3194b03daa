'use client'

import { useKeptCopies } from '#session/session-provider.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { KeptCopyCard } from './kept-copy-card.tsx'

type CopiesDialogProps = { open: boolean; onOpenChange(open: boolean): void; onOpenFile(fileId: string): void }

/** Edits that could not go into their file by themselves, each with what it would change there and the ways on. */
export function CopiesDialog({ open, onOpenChange, onOpenFile }: CopiesDialogProps) {
  const copies = useKeptCopies()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Edits that could not be stored"
      description={
        copies.length === 0
          ? 'There are none: everything that you typed in this browser is on the server’s disk or on its way there.'
          : 'They are kept in this browser until you decide. Everything else is as the server has it.'
      }
      className="w-[min(760px,calc(100vw-32px))]"
    >
      {copies.length > 0 && (
        <ul className="flex flex-col gap-3 pb-1">
          {copies.map((copy) => (
            <KeptCopyCard
              key={copy.copyId}
              copy={copy}
              onPutBack={(fileId) => {
                if (copies.length === 1) onOpenChange(false)
                onOpenFile(fileId)
              }}
            />
          ))}
        </ul>
      )}
    </Dialog>
  )
}
