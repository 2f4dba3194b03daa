'use client'

import { useEffect, useEffectEvent } from 'react'
import { useSession } from '#session/session-provider.tsx'
import type { FollowTarget } from '#session/leader.ts'

type FollowNoticeProps = { target: FollowTarget; onStop(): void }

/** Says whose view is shown, with an outline in their colour, and how to stop. Of the assistant only while it works. */
export function FollowNotice({ target, onStop }: FollowNoticeProps) {
  const participantId = target?.kind === 'person' ? target.participantId : undefined
  const person = useSession(({ participants }) => participants.find((each) => each.participantId === participantId))
  const isWorking = useSession(({ turns }) => turns.some((turn) => turn.status !== 'ended'))
  const isAway = useSession(({ people }) => !people.some((each) => each.participantId === participantId))
  const isShown = target?.kind === 'assistant' ? isWorking : person !== undefined
  const stop = useEffectEvent(onStop)
  useEffect(() => {
    if (!isShown) return
    // Who presses Escape in the editor has moved there already; dialogs and menus take theirs before it comes here.
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) stop()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isShown])
  if (target === null || !isShown) return null
  const name = target.kind === 'assistant' ? 'the assistant' : (person?.name ?? '')
  const colour = target.kind === 'assistant' ? 'var(--ember)' : `var(--p${((person?.colour ?? 0) % 5) + 1})`
  const onColour = target.kind === 'assistant' ? 'var(--on-ember)' : 'var(--on-person)'
  return (
    <div className="pointer-events-none absolute inset-0 z-10 border-2" style={{ borderColor: colour }}>
      <p
        role="status"
        className="absolute top-0 right-5 flex max-w-[80%] items-center gap-1.5 rounded-b-control px-2.5 pb-0.5 text-small font-medium whitespace-nowrap"
        style={{ background: colour, color: onColour }}
      >
        <span className="truncate">
          Following {name}
          {target.kind === 'person' && isAway && ', who is away'}
        </span>
        <span aria-hidden>·</span>
        <button
          type="button"
          onClick={onStop}
          className="pointer-events-auto rounded-[3px] underline decoration-current/50 underline-offset-2 outline-current"
        >
          Esc to stop
        </button>
      </p>
    </div>
  )
}
