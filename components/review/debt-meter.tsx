'use client'

import { Tooltip } from '#ui/tooltip.tsx'
import { EyeOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { countWording } from './change-wording.ts'
import { debtOf } from './debt.ts'
import type { LookedHunks } from './looked-hunks.ts'
import { useSampled } from './use-sampled.ts'

/** How much of the assistant's work waits for a decision without having been on this person's screen; nothing where there is none. */
export function DebtMeter({ looked, onNext }: { looked: LookedHunks; onNext(): void }) {
  const seen = useSyncExternalStore(looked.subscribe, looked.read, looked.read)
  const debt = useSampled(({ hunks }) => debtOf(Object.values(hunks), seen), looked.subscribe)
  if (debt.hunks === 0) return null
  const hunks = countWording(debt.hunks, 'hunk')
  const lines = countWording(debt.lines, 'line')
  return (
    <Tooltip label="Go to the next one" side="top">
      <button
        type="button"
        onClick={onNext}
        aria-label={`${hunks}, ${lines} not looked at: go to the next one`}
        className="flex h-full shrink-0 items-center gap-1.5 px-2 whitespace-nowrap text-ember-text hover:bg-bg-hover"
      >
        <EyeOff size={13} aria-hidden />
        <span className="narrow:hidden">{debt.hunks}</span>
        <span className="hidden narrow:inline">
          {hunks} · {lines}
          <span className="hidden wide:inline"> not looked at</span>
        </span>
      </button>
    </Tooltip>
  )
}
