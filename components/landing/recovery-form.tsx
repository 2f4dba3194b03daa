'use client'

import type { Recovered } from '#protocol/sharing.ts'
import { Button } from '#ui/button.tsx'
import { Input } from '#ui/input.tsx'
import { Mark } from '#ui/mark.tsx'
import { ShownOnce } from '#ui/shown-once.tsx'
import { useState, type FormEvent } from 'react'
import { recover } from './api.ts'
import { wordFailure } from './failure-wording.ts'

const takeFocus = (input: HTMLInputElement | null) => input?.focus()

/** Makes this browser the owner of a session again, by a recovery code; shows the next one. */
export function RecoveryForm() {
  const [code, setCode] = useState('')
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [recovered, setRecovered] = useState<Recovered | undefined>(undefined)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const result = await recover(code)
    setBusy(false)
    if (result.ok) return setRecovered(result.value)
    const wrong = 'No owner has this code. Each code works once, and a newer one takes the place of the one before.'
    setFailure(result.code === 'not_found' || result.code === 'invalid_payload' ? wrong : wordFailure(result.code))
  }

  if (recovered !== undefined)
    return (
      <main className="grid min-h-dvh place-items-center p-6">
        <div className="w-full max-w-105">
          <Mark size={28} />
          <h1 className="pt-5 text-[20px] leading-7 font-semibold break-words">You own “{recovered.sessionName}” again</h1>
          <p className="py-2 text-text-2">The browser that was its owner before has lost its place. This is your next code:</p>
          <ShownOnce
            label="Your new recovery code"
            value={recovered.code}
            note="It is shown only now. Keep it where you keep passwords."
          />
          <a
            href={`/s/${recovered.sessionId}`}
            className="mt-6 inline-flex h-8 items-center rounded-control bg-strong px-3.5 font-medium text-on-strong hover:opacity-90"
          >
            Open the session
          </a>
        </div>
      </main>
    )
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <form onSubmit={(event) => void submit(event)} className="w-full max-w-90">
        <Mark size={28} />
        <h1 className="pt-5 text-[20px] leading-7 font-semibold">Come back as the owner</h1>
        <p className="pt-1.5 text-text-2">
          With the recovery code of a session this browser becomes its owner. Owners make the code in the Share dialog.
        </p>
        <label htmlFor="recovery-code" className="block pt-6 pb-1.5 font-medium">
          Recovery code
        </label>
        <Input
          id="recovery-code"
          ref={takeFocus}
          required
          maxLength={100}
          className="font-mono"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          aria-invalid={failure !== undefined}
          aria-describedby="recovery-failure"
        />
        <p id="recovery-failure" role="alert" className="min-h-7 pt-1.5 text-bad">
          {failure}
        </p>
        <Button type="submit" variant="strong" size="large" disabled={busy} className="w-full">
          {busy ? 'Checking…' : 'Come back'}
        </Button>
      </form>
    </main>
  )
}
