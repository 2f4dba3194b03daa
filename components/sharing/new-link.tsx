'use client'

import { limits } from '#protocol/limits.ts'
import { linkRoles, type LinkRole } from '#protocol/links.ts'
import { useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { lifetimes, useLimits, usualLifetime } from './link-wording.ts'
import { roleWording } from './role-wording.ts'
import { useAsking } from './use-asking.ts'

const roleOptions = linkRoles.map((role) => ({ value: role, label: roleWording[role].name }))

/** Makes a link: what it grants, for how long, to how many, and for whom. */
export function NewLink({ onSecret }: { onSecret(secret: string): void }) {
  const { createLink } = useSessionActions()
  const { busy, ask } = useAsking()
  const [role, setRole] = useState<LinkRole>('editor')
  const [lifetime, setLifetime] = useState(usualLifetime)
  const [uses, setUses] = useState('')
  const [label, setLabel] = useState('')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const most = uses === '' ? {} : { maxUses: Number(uses) }
    const made = await ask('The link was not made', () =>
      createLink({ role, label: label.trim(), expiresInMs: Number(lifetime), ...most }),
    )
    if (made === undefined) return
    setLabel('')
    onSecret(made.secret)
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="grid grid-cols-2 gap-2 narrow:grid-cols-4">
      <Field label="Role">
        {(id) => <Select id={id} value={role} options={roleOptions} onValue={(value) => setRole(value as LinkRole)} />}
      </Field>
      <Field label="Works for">{(id) => <Select id={id} value={lifetime} options={lifetimes} onValue={setLifetime} />}</Field>
      <Field label="Lets in">{(id) => <Select id={id} value={uses} options={useLimits} onValue={setUses} />}</Field>
      <Field label="For (optional)">
        {(id) => (
          <Input
            id={id}
            value={label}
            maxLength={limits.nameLength}
            placeholder="Design review"
            onChange={(event) => setLabel(event.target.value)}
          />
        )}
      </Field>
      <p className="col-span-full text-small text-text-3">{roleWording[role].may}</p>
      <div className="col-span-full">
        <Button type="submit" variant="strong" disabled={busy}>
          Create link
        </Button>
      </div>
    </form>
  )
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-small text-text-2">
        {label}
      </label>
      {children(id)}
    </div>
  )
}
