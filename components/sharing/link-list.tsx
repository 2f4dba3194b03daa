'use client'

import type { LinkInfo, Sharing } from '#protocol/links.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useState } from 'react'
import { linkState, wordLink } from './link-wording.ts'
import { roleWording } from './role-wording.ts'
import { useAsking } from './use-asking.ts'

type LinkListProps = { sharing: Sharing; now: number; onSecret(secret: string): void }

/** The links of the session: what became of each, and who came through it. */
export function LinkList({ sharing, now, onSecret }: LinkListProps) {
  const open = sharing.links.filter((link) => linkState(link, now) === 'open')
  const past = sharing.links.filter((link) => linkState(link, now) !== 'open')
  if (sharing.links.length === 0) return <p className="text-text-3">No links yet. Whoever opens one is in with its role.</p>
  return (
    <>
      <ul aria-label="Links" className="divide-y divide-line">
        {open.map((link) => (
          <LinkRow key={link.linkId} {...{ link, sharing, now, onSecret }} />
        ))}
      </ul>
      {past.length > 0 && (
        <details className="pt-1">
          <summary className="cursor-default text-small text-text-3">Links that let nobody in any more ({past.length})</summary>
          <ul aria-label="Past links" className="divide-y divide-line">
            {past.map((link) => (
              <LinkRow key={link.linkId} {...{ link, sharing, now, onSecret }} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function LinkRow({ link, sharing, now, onSecret }: LinkListProps & { link: LinkInfo }) {
  const { replaceLink, revokeLink } = useSessionActions()
  const { busy, ask } = useAsking()
  const [revoking, setRevoking] = useState(false)
  const participants = useSession((state) => state.participants)
  const through = participants.filter((person) => sharing.cameThrough[person.participantId] === link.linkId && !person.removed)
  const isOpen = linkState(link, now) === 'open'
  const title = link.label || `${roleWording[link.role].name} link`

  const revoke = (removePeople: boolean) =>
    void ask('The link was not revoked', () => revokeLink(link.linkId, { removePeople }))
  const replace = async () => {
    const made = await ask('The link was not replaced', () => replaceLink(link.linkId))
    if (made) onSecret(made.secret)
  }

  return (
    <li className={classNames('flex flex-wrap items-center gap-x-3 gap-y-1 py-2', !isOpen && 'text-text-3')}>
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate">
          <span className="font-medium">{title}</span>
          {link.label && <span className="text-text-3"> · {roleWording[link.role].name}</span>}
        </p>
        <p className="text-small text-text-3">{wordLink(link, now)}</p>
        {through.length > 0 && (
          <p className="truncate text-small text-text-2">{through.map((person) => person.name).join(', ')}</p>
        )}
      </div>
      {isOpen && (
        <div className="flex gap-1.5">
          <Button size="small" disabled={busy} aria-label={`Replace ${title}`} onClick={() => void replace()}>
            Replace
          </Button>
          <Button
            size="small"
            disabled={busy}
            aria-label={`Revoke ${title}`}
            onClick={() => (through.length > 0 ? setRevoking(true) : revoke(false))}
          >
            Revoke
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={revoking}
        onOpenChange={setRevoking}
        title="Revoke the link and remove who came through it?"
        description={`${through.map((person) => person.name).join(', ')} came through “${title}”. What they wrote stays.`}
        confirm="Revoke and remove"
        onConfirm={() => revoke(true)}
        otherwise={{ label: 'Only revoke', onSelect: () => revoke(false) }}
      />
    </li>
  )
}
