'use client'

import { useSession } from '#session/session-provider.tsx'
import { classNames } from '#ui/class-names.ts'
import { Tooltip } from '#ui/tooltip.tsx'
import { wordSaved, type SavedState as Saved } from './connection-wording.ts'
import { useDelayed } from './use-delayed.ts'

const dots: Record<Saved['tone'], string> = { ok: 'bg-ok', busy: 'bg-text-3 animate-breathe', warn: 'bg-warn', bad: 'bg-bad' }

/** Edits are stored in a few milliseconds; only a save that takes longer is worth a word. */
const patienceMs = 400

export function SavedState({ onShowCopies }: { onShowCopies(): void }) {
  const connection = useSession((state) => state.connection)
  const saving = useSession((state) => state.saving)
  const slow = useDelayed(saving.pending > 0, patienceMs)
  const pending = connection.status === 'online' && !slow ? 0 : saving.pending
  const { tone, label, detail } = wordSaved(connection, { ...saving, pending })
  const hasCopies = saving.aside > 0
  return (
    <Tooltip label={detail} side="top">
      <button
        type="button"
        aria-label={`${label}. ${detail}`}
        onClick={hasCopies ? onShowCopies : undefined}
        className={classNames(
          'flex h-full min-w-19 shrink-0 items-center gap-1.5 px-2 whitespace-nowrap hover:bg-bg-hover',
          hasCopies ? 'cursor-pointer' : 'cursor-default',
        )}
      >
        <span aria-hidden className={classNames('size-1.5 rounded-full', dots[tone])} />
        <span role="status">{label}</span>
      </button>
    </Tooltip>
  )
}
