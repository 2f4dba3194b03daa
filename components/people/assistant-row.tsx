'use client'

import { useSession } from '#session/session-provider.tsx'
import { Avatar } from '#ui/avatar.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Crosshair } from 'lucide-react'

/** The assistant among the people: where it writes, and the way to follow it. */
export function AssistantRow({ followed, onFollow }: { followed: boolean; onFollow(): void }) {
  const isWorking = useSession(({ turns }) => turns.some((turn) => turn.status !== 'ended'))
  const path = useSession(({ writeHeads, files }) => {
    const fileId = Object.keys(writeHeads).at(-1)
    return files.find((file) => file.fileId === fileId)?.path
  })
  return (
    <li className="flex items-start gap-2 px-3 py-1.5 hover:bg-bg-hover">
      <span className="pt-0.5">
        <Avatar assistant size="large" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-text-1">Assistant</p>
        <p className="truncate text-small text-text-3">
          {!isWorking ? 'waits for a prompt' : path === undefined ? 'answers' : `writes in ${path}`}
        </p>
      </div>
      <IconButton
        label={followed ? 'Stop following what the assistant writes' : 'Follow what the assistant writes'}
        size="small"
        aria-pressed={followed}
        onClick={onFollow}
        className="aria-pressed:bg-bg-3 aria-pressed:text-ember-text"
      >
        <Crosshair size={14} aria-hidden />
      </IconButton>
    </li>
  )
}
