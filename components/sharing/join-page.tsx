'use client'

import { limits } from '#protocol/limits.ts'
import type { LinkLook, StandingReply } from '#protocol/sharing.ts'
import type { CallFailure, CallResult } from '#session/http-call.ts'
import { Button } from '#ui/button.tsx'
import { Input } from '#ui/input.tsx'
import { Mark } from '#ui/mark.tsx'
import { useState, type FormEvent } from 'react'
import { keepName, keptName } from './kept-name.ts'
import { wordNameProblem } from './name-problem.ts'
import { roleWording } from './role-wording.ts'
import { UnencryptedNotice } from './unencrypted-notice.tsx'

type JoinPageProps = {
  link: LinkLook
  join(name: string): Promise<CallResult<StandingReply>>
  onJoined(): void
  /** The link itself does not let anybody in any more. */
  onRefused(code: CallFailure): void
}

const takeFocus = (input: HTMLInputElement | null) => input?.focus()

/** Asks a guest for a name before they enter a session. */
export function JoinPage({ link, join, onJoined, onRefused }: JoinPageProps) {
  const [name, setName] = useState(keptName)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const role = roleWording[link.role]

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const joined = await join(name.trim())
    if (joined.ok) {
      keepName(name.trim())
      return onJoined()
    }
    setBusy(false)
    const wording = wordNameProblem(joined.code)
    if (wording === undefined) return onRefused(joined.code)
    setProblem(wording)
  }

  return (
    <main className="grid min-h-dvh place-items-center bg-bg-0 p-6">
      <form onSubmit={(event) => void submit(event)} className="w-full max-w-90">
        <Mark size={28} />
        <h1 className="pt-5 text-[20px] leading-7 font-semibold break-words">Join “{link.sessionName}”</h1>
        <p className="pt-1.5 text-text-2">
          You are invited as {role.article}. {role.may}
        </p>
        <label htmlFor="guest-name" className="block pt-6 pb-1.5 font-medium">
          Your name
        </label>
        <Input
          id="guest-name"
          ref={takeFocus}
          required
          autoComplete="nickname"
          maxLength={limits.personNameLength}
          value={name}
          onChange={(event) => {
            setName(event.target.value)
            setProblem(undefined)
          }}
          aria-invalid={problem !== undefined}
          aria-describedby="guest-name-note"
        />
        <p id="guest-name-note" className="min-h-9 pt-1.5 pb-3 text-text-3">
          {problem === undefined ? 'Everybody in the session sees it, marked as a guest.' : null}
          <span role="alert" className="text-bad">
            {problem}
          </span>
        </p>
        <Button type="submit" variant="strong" size="large" disabled={busy || name.trim() === ''} className="w-full">
          {busy ? 'Joining…' : link.approval ? 'Ask to join' : 'Join'}
        </Button>
        {link.approval && <p className="pt-2.5 text-text-3">An owner of the session lets people in one by one.</p>}
        <UnencryptedNotice />
      </form>
    </main>
  )
}
