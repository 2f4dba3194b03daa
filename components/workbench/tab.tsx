'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { FileIcon } from '#files/file-icon.tsx'
import { pendingTitle, type FileMark } from '#files/file-marks.ts'
import { PeopleIn } from '#people/people-in.tsx'
import { classNames } from '#ui/class-names.ts'
import { X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { editorPanelId } from './tabs.ts'

type TabProps = Omit<ComponentProps<'button'>, 'onClick'> & {
  file: FileNode
  label: { name: string; folder?: string }
  selected: boolean
  /** A running turn has touched the file. */
  writing: boolean
  /** Changes of the assistant wait for a decision. */
  undecided: boolean
  pending: FileMark['pending']
  onOpen(): void
  onClose(): void
}

function stateOf({ writing, undecided, pending }: Pick<TabProps, 'writing' | 'undecided' | 'pending'>): string | undefined {
  if (writing) return 'the assistant is writing here'
  if (pending) return pendingTitle(pending)
  return undecided ? 'has hunks to decide' : undefined
}

/** One open file. The cross is for the pointer only; the keyboard closes with Delete, so the tab stays one control. */
export function Tab({ file, label, selected, writing, undecided, pending, onOpen, onClose, ...rest }: TabProps) {
  const state = stateOf({ writing, undecided, pending })
  return (
    <button
      type="button"
      {...rest}
      role="tab"
      aria-selected={selected}
      aria-controls={editorPanelId}
      tabIndex={selected ? 0 : -1}
      title={file.path}
      onClick={onOpen}
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      onAuxClick={(event) => event.button === 1 && onClose()}
      className={classNames(
        'group relative flex h-full max-w-60 shrink-0 items-center gap-1.5 border-r border-line pr-1.5 pl-3 outline-offset-[-2px]',
        selected
          ? 'bg-bg-2 text-text-1 after:absolute after:inset-x-0 after:-bottom-px after:h-px after:bg-bg-2'
          : 'text-text-3 hover:text-text-1',
        writing && 'shadow-[inset_0_1.5px_0_var(--ember)]',
      )}
    >
      <FileIcon path={file.path} />
      <span
        className={classNames(
          'truncate',
          file.proposedBy && 'text-add-text',
          pending?.kind === 'delete' && 'text-del-text line-through',
        )}
      >
        {label.name}
      </span>
      {label.folder && <span className="truncate text-small text-text-3">{label.folder}</span>}
      <PeopleIn fileIds={[file.fileId]} />
      {state && <span className="sr-only">, {state}</span>}
      <span
        aria-hidden
        onClick={(event) => {
          event.stopPropagation()
          onClose()
        }}
        className="relative grid size-5 shrink-0 place-items-center rounded-[4px] text-text-3 hover:bg-bg-hover hover:text-text-1"
      >
        {state && (
          <span
            className={classNames('size-1.5 rounded-full group-hover:hidden', writing ? 'bg-ember' : 'border border-ember')}
          />
        )}
        <X
          size={13}
          className={classNames(state ? 'hidden group-hover:block' : !selected && 'invisible group-hover:visible')}
        />
      </span>
    </button>
  )
}
