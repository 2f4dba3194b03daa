'use client'

import type { Sharing } from '#protocol/links.ts'
import { limits } from '#protocol/limits.ts'
import { roles, type Role } from '#protocol/roles.ts'
import type { Participant } from '#protocol/sessions.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { Avatar } from '#ui/avatar.tsx'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { Select } from '#ui/select.tsx'
import { useState } from 'react'
import { roleWording } from './role-wording.ts'
import { useAsking } from './use-asking.ts'

const roleOptions = roles.map((role) => ({ value: role, label: roleWording[role].name }))

/** Who is in the session. Owners change roles and remove people; everybody renames themselves. */
export function PeopleList({ sharing, onSecret }: { sharing: Sharing | null; onSecret(secret: string): void }) {
  const participants = useSession((state) => state.participants)
  const you = useSession((state) => state.you?.participantId)
  const people = participants.filter((person) => !person.removed)
  return (
    <ul aria-label="People" className="divide-y divide-line">
      {people.map((person) => (
        <PersonRow
          key={person.participantId}
          person={person}
          isYou={person.participantId === you}
          sharing={sharing}
          onSecret={onSecret}
        />
      ))}
    </ul>
  )
}

type PersonRowProps = { person: Participant; isYou: boolean; sharing: Sharing | null; onSecret(secret: string): void }

function PersonRow({ person, isYou, sharing, onSecret }: PersonRowProps) {
  const { setRole, renameMyself } = useSessionActions()
  const { busy, ask } = useAsking()
  const [renaming, setRenaming] = useState(false)
  const [removing, setRemoving] = useState(false)
  const mark = isYou ? 'you' : person.guest ? 'guest' : undefined

  const rename = (name: string | undefined) => {
    setRenaming(false)
    if (name !== undefined) void ask('You kept your name', () => renameMyself(name))
  }

  return (
    <li className="flex min-h-11 flex-wrap items-center gap-2 py-1.5">
      <Avatar name={person.name} colour={person.colour} />
      {renaming ? (
        <InlineEdit label="Your name" value={person.name} maxLength={limits.personNameLength} onEnd={rename} />
      ) : (
        <span className="min-w-0 flex-1 truncate">
          {person.name}
          {mark && <span className="text-text-3"> ({mark})</span>}
        </span>
      )}
      {isYou && !renaming && (
        <Button size="small" variant="ghost" onClick={() => setRenaming(true)}>
          Rename
        </Button>
      )}
      {sharing === null ? (
        <span className="text-text-2">{roleWording[person.role].name}</span>
      ) : (
        <>
          <Select
            aria-label={`Role of ${person.name}`}
            value={person.role}
            options={roleOptions}
            disabled={busy}
            onValue={(role) => void ask('The role stays', () => setRole(person.participantId, role as Role))}
          />
          {!isYou && (
            <Button size="small" variant="ghost" aria-label={`Remove ${person.name}`} onClick={() => setRemoving(true)}>
              Remove
            </Button>
          )}
          <RemovePerson {...{ person, sharing, onSecret }} open={removing} onOpenChange={setRemoving} />
        </>
      )}
    </li>
  )
}

type RemovePersonProps = {
  person: Participant
  sharing: Sharing
  onSecret(secret: string): void
  open: boolean
  onOpenChange(open: boolean): void
}

/** A link that still lets people in would let a removed person in again. */
function RemovePerson({ person, sharing, onSecret, open, onOpenChange }: RemovePersonProps) {
  const { removePerson } = useSessionActions()
  const { ask } = useAsking()
  const link = sharing.links.find(({ linkId }) => linkId === sharing.cameThrough[person.participantId])
  const remove = async (replaceLink: boolean) => {
    const answer = await ask(`${person.name} was not removed`, () => removePerson(person.participantId, { replaceLink }))
    if (answer?.secret !== undefined) onSecret(answer.secret)
  }
  const stays = 'What they wrote stays. Their tabs are closed at once.'
  if (link === undefined || link.revokedAt !== undefined)
    return (
      <ConfirmDialog
        open={open}
        onOpenChange={onOpenChange}
        title={`Remove ${person.name}?`}
        description={stays}
        confirm="Remove"
        onConfirm={() => void remove(false)}
      />
    )
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${person.name}?`}
      description={`${stays} The link they came through still works and would let them in again, unless it is replaced by a new one.`}
      confirm="Remove and replace the link"
      onConfirm={() => void remove(true)}
      otherwise={{ label: 'Only remove', onSelect: () => void remove(false) }}
    />
  )
}
