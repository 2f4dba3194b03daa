'use client'

import type { BaseId } from '#protocol/bases.ts'
import { permits } from '#protocol/roles.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { chooseFiles } from '#ui/choose-files.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { toast } from '#ui/toast.tsx'
import { FileArchive, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { addBase, addBaseFailure } from './add-base.ts'
import type { Base } from './bases.ts'
import { useBases } from './use-bases.ts'

type BaseMenuProps = {
  /** What the files are compared with now, where they are. */
  chosen?: BaseId
  onChoose(baseId: BaseId): void
  align?: 'start' | 'end'
  /** The button that opens it. */
  children: ReactNode
}

const iconSize = 14

/** Chooses what the files are compared with, and brings or removes a zip for it. */
export function BaseMenu({ chosen, onChoose, align = 'end', children }: BaseMenuProps) {
  const bases = useBases()
  const sessionId = useSession((state) => state.session?.sessionId)
  const canEdit = useSession((state) => state.you !== null && permits(state.you.role, 'editor'))
  const { removeBase } = useSessionActions()
  const [removing, setRemoving] = useState<Base | undefined>(undefined)

  const add = async (zip: File) => {
    if (sessionId === undefined) return
    const stopping = new AbortController()
    const cancel = { label: 'Stop', onClick: () => stopping.abort() }
    const progress = toast.loading(`Sending ${zip.name}…`, { cancel })
    const answer = await addBase(sessionId, zip, stopping.signal)
    toast.dismiss(progress)
    if (!answer.ok) {
      if (answer.code !== 'aborted') toast.error('The zip was not taken', { description: addBaseFailure(answer.code) })
      return
    }
    const { base, skipped } = answer.value
    if (skipped.length > 0) toast(`${skipped.length} of its files were left out`, { description: skippedWording(skipped) })
    onChoose(base.baseId)
  }
  const remove = async ({ baseId }: Base) => {
    const answer = await removeBase(baseId)
    if (!answer.ok && answer.error.code !== 'not_found')
      toast.error('The zip was not removed', { description: 'Nothing was changed. Try again.' })
    else if (baseId === chosen) onChoose('start')
  }

  const zips = bases.filter(({ kind }) => kind === 'zip')
  const turns = bases.filter(({ kind }) => kind === 'turn')
  const choice = ({ baseId, title, detail }: Base): MenuEntry => ({
    type: 'choice',
    label: title,
    detail,
    checked: baseId === chosen,
    onSelect: () => onChoose(baseId),
  })
  const entries: MenuEntry[] = [
    { type: 'heading', label: 'Compare the files now with' },
    ...bases.filter(({ kind }) => kind === 'start').map(choice),
    ...zips.map(choice),
    ...turns.map(choice),
    ...(canEdit ? [{ type: 'separator' } as const, addEntry((zip) => void add(zip))] : []),
    ...(canEdit
      ? zips.map((zip): MenuEntry => ({
          type: 'item',
          label: `Remove ${zip.title}…`,
          danger: true,
          icon: <Trash2 size={iconSize} aria-hidden />,
          onSelect: () => setRemoving(zip),
        }))
      : []),
  ]
  return (
    <>
      <Menu label="What to compare with" entries={entries} align={align} wide>
        {children}
      </Menu>
      <ConfirmDialog
        open={removing !== undefined}
        onOpenChange={() => setRemoving(undefined)}
        title={`Remove ${removing?.title ?? ''}?`}
        description="Nobody in this session can compare with it any more. The files of the session stay as they are."
        confirm="Remove"
        onConfirm={() => removing && void remove(removing)}
      />
    </>
  )
}

function addEntry(onPicked: (zip: File) => void): MenuEntry {
  return {
    type: 'item',
    label: 'Use a zip as base…',
    icon: <FileArchive size={iconSize} aria-hidden />,
    onSelect: () => chooseFiles({ accept: '.zip,application/zip' }, ([zip]) => zip && onPicked(zip)),
  }
}

function skippedWording(skipped: readonly { path: string }[]): string {
  const named = skipped.slice(0, 5).map(({ path }) => path)
  return [...named, ...(skipped.length > named.length ? [`and ${skipped.length - named.length} more`] : [])].join('\n')
}
