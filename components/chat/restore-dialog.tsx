'use client'

import { useId, useState } from 'react'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { toast } from '#ui/toast.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { wordRestored } from './restore-wording.ts'

const choices = [
  { what: { files: true, chat: true }, label: 'Files and conversation', detail: 'As if the turn had never been asked.' },
  { what: { files: true, chat: false }, label: 'Files only', detail: 'The assistant still remembers what was said.' },
  { what: { files: false, chat: true }, label: 'Conversation only', detail: 'The files stay as they are now.' },
] as const

/** Asks what to bring back to the moment before a turn. */
export function RestoreDialog({
  turn,
  open,
  onOpenChange,
}: {
  turn: TurnInfo
  open: boolean
  onOpenChange(open: boolean): void
}) {
  const { restoreCheckpoint } = useSessionActions()
  const later = useSession(({ turns }) => turns.filter(({ number, rolledBack }) => number > turn.number && !rolledBack).length)
  const running = useSession(({ turns }) => turns.some(({ status, kind }) => status !== 'ended' && kind === 'chat'))
  const id = useId()
  const [chosen, setChosen] = useState(0)
  const [busy, setBusy] = useState(false)

  const restore = async () => {
    const what = choices[chosen]?.what
    if (what === undefined) return
    setBusy(true)
    const answer = await restoreCheckpoint(turn.turnId, what)
    setBusy(false)
    if (!answer.ok) return void toast.error('Nothing was restored', { description: commandFailureWording(answer.error) })
    onOpenChange(false)
    const { title, lines } = wordRestored(answer.value, turn.number)
    const say = answer.value.kept.length > 0 ? toast.warning : toast.success
    say(title, { duration: answer.value.kept.length > 0 ? 20_000 : 6_000, description: lines.join('\n') })
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Restore what was before turn ${turn.number}`}
      description={
        later === 0
          ? 'What the assistant did in this turn is taken back. What people wrote since stays.'
          : `What the assistant did in this turn and the ${later === 1 ? 'one' : later} after it is taken back. What people wrote since stays.`
      }
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="strong" disabled={busy || running} onClick={() => void restore()}>
            Restore
          </Button>
        </>
      }
    >
      <div
        role="radiogroup"
        aria-label="What to restore"
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || busy || running) return
          event.preventDefault()
          void restore()
        }}
        className="flex flex-col gap-1.5 outline-none"
      >
        {choices.map(({ label, detail }, index) => (
          <div
            key={label}
            className="flex items-start gap-2.5 rounded-card border border-line px-3 py-2 hover:bg-bg-hover has-checked:border-line-strong has-checked:bg-bg-2"
          >
            <input
              type="radio"
              id={`${id}-${index}`}
              name={id}
              checked={index === chosen}
              onChange={() => setChosen(index)}
              className="mt-1 accent-(--text-1)"
            />
            <label htmlFor={`${id}-${index}`} className="min-w-0 flex-1 cursor-pointer">
              <span className="block font-medium">{label}</span>
              <span className="block text-[12px] leading-[17px] text-text-2">{detail}</span>
            </label>
          </div>
        ))}
      </div>
      {running && <p className="pt-2 text-small text-warn">The assistant is at work. Wait for it, or stop it first.</p>}
    </Dialog>
  )
}
