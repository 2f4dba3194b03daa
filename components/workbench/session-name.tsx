'use client'

import { limits } from '#protocol/limits.ts'
import { permits } from '#protocol/roles.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { toast } from '#ui/toast.tsx'
import { useEffect } from 'react'

type SessionNameProps = { renaming: boolean; onRenaming(renaming: boolean): void }

/** The session's name; its owner renames it in place. */
export function SessionName({ renaming, onRenaming }: SessionNameProps) {
  const name = useSession((state) => state.session?.name ?? '')
  const isOwner = useSession((state) => state.you !== null && permits(state.you.role, 'owner'))
  const { renameSession } = useSessionActions()

  useEffect(() => {
    document.title = name ? `${name} · Flint` : 'Flint'
  }, [name])

  const rename = async (wanted: string) => {
    const result = await renameSession(wanted)
    if (!result.ok) toast.error('The session kept its name', { description: 'The server could not rename it. Try again.' })
  }

  if (!isOwner) return <h1 className="min-w-0 truncate font-medium">{name}</h1>
  if (renaming)
    return (
      <span className="w-60 max-w-[50vw]">
        <InlineEdit
          label="Session name"
          value={name}
          maxLength={limits.nameLength}
          onEnd={(wanted) => {
            onRenaming(false)
            if (wanted) void rename(wanted)
          }}
        />
      </span>
    )
  return (
    <h1 className="-mx-1.5 min-w-0">
      <button
        type="button"
        title="Rename the session"
        onClick={() => onRenaming(true)}
        className="block w-full truncate rounded-control px-1.5 py-0.5 font-medium hover:bg-bg-hover"
      >
        {name}
      </button>
    </h1>
  )
}
