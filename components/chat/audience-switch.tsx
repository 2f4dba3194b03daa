'use client'

import { Kbd } from '#ui/kbd.tsx'
import { displayKeys } from '#ui/key-combination.ts'
import { useMac } from '#ui/use-mac.ts'

/** Whom the composer writes to. */
export type Audience = 'assistant' | 'people'

const audiences = [
  { audience: 'assistant', label: 'Assistant' },
  { audience: 'people', label: 'People' },
] as const

type AudienceSwitchProps = {
  audience: Audience
  /** Whether this person may prompt the assistant. */
  mayAsk: boolean
  onAudience: (audience: Audience) => void
}

/** To the assistant or to the people: two radio buttons that look like one control. */
export function AudienceSwitch({ audience, mayAsk, onAudience }: AudienceSwitchProps) {
  const mac = useMac()
  return (
    <fieldset className="flex items-center gap-2 px-2 pt-2">
      <legend className="sr-only">Write to</legend>
      <div className="flex rounded-control bg-bg-3 p-0.5">
        {audiences.map(({ audience: one, label }) => (
          <label
            key={one}
            title={one === 'assistant' && !mayAsk ? 'Reviewers write to the people; editors prompt the assistant.' : undefined}
            className={`relative flex h-5 cursor-pointer items-center rounded-[4px] px-2 text-small select-none has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:cursor-default has-disabled:opacity-50 ${audience === one ? (one === 'assistant' ? 'bg-bg-1 font-medium text-ember-text' : 'bg-bg-1 font-medium text-text-1') : 'text-text-2'}`}
          >
            <input
              type="radio"
              name="audience"
              className="absolute inset-0 m-0 cursor-[inherit] appearance-none outline-none"
              checked={audience === one}
              disabled={one === 'assistant' && !mayAsk}
              onChange={() => onAudience(one)}
            />
            {label}
          </label>
        ))}
      </div>
      {mayAsk && (
        <span aria-hidden className="hidden wide:inline">
          <Kbd keys={displayKeys('Mod+/', mac)} />
        </span>
      )}
    </fieldset>
  )
}
