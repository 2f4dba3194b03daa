'use client'

import { Button } from '#ui/button.tsx'
import { Input } from '#ui/input.tsx'
import { Mark } from '#ui/mark.tsx'
import { useState, type FormEvent } from 'react'
import { givePassword } from './api.ts'
import { wordFailure } from './failure-wording.ts'
import { localPath } from './local-path.ts'

const takeFocus = (input: HTMLInputElement | null) => input?.focus()

/** Asks for the server's password and goes on to `next`, a path of this server, with the fragment that a link brought here. */
export function AccessForm({ next }: { next: string }) {
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const result = await givePassword(password)
    if (result.ok) return window.location.assign(localPath(next) + window.location.hash)
    setBusy(false)
    setFailure(wordFailure(result.code))
  }

  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <form onSubmit={(event) => void submit(event)} className="w-full max-w-80">
        <Mark size={28} />
        <h1 className="pt-5 text-[20px] leading-7 font-semibold">This Flint asks for a password</h1>
        <p className="pt-1.5 text-text-2">Whoever runs it has set one, because it can be reached from other machines.</p>
        <label htmlFor="password" className="block pt-6 pb-1.5 font-medium">
          Password
        </label>
        <Input
          id="password"
          type="password"
          autoComplete="current-password"
          ref={takeFocus}
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          aria-invalid={failure !== undefined}
          aria-describedby="password-failure"
        />
        <p id="password-failure" role="alert" className="min-h-7 pt-1.5 text-bad">
          {failure}
        </p>
        <Button type="submit" variant="strong" size="large" disabled={busy} className="w-full">
          {busy ? 'Checking…' : 'Enter'}
        </Button>
      </form>
    </main>
  )
}
