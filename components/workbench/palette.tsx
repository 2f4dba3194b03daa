'use client'

import { rankedFiles } from '#chat/mentions.ts'
import { FileIcon } from '#files/file-icon.tsx'
import { baseName, folderOf } from '#files/tree-path.ts'
import { useSession } from '#session/session-provider.tsx'
import { Kbd } from '#ui/kbd.tsx'
import { useReturnFocus } from '#ui/use-return-focus.ts'
import { Command } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { commandEntries, keysOf, type CommandRunners } from './commands.ts'
import { displayKeys } from '#ui/key-combination.ts'
import { useChooseModel } from './model-picker.tsx'
import { useMac } from '#ui/use-mac.ts'

export type PaletteMode = 'commands' | 'files' | 'models'

const placeholders: Record<PaletteMode, string> = {
  commands: 'Run a command',
  files: 'Go to file (type > for commands)',
  models: 'Choose the model that answers',
}
const mostFiles = 50

/** The caret goes behind the `>`; selecting all, as dialogs do, would make typing replace it. */
function focusAtEnd(event: Event) {
  const input = (event.currentTarget as HTMLElement).querySelector('input')
  event.preventDefault()
  input?.focus()
  input?.setSelectionRange(input.value.length, input.value.length)
}

type PaletteProps = {
  mode: PaletteMode
  run: CommandRunners
  onOpenFile(fileId: string): void
  onClose(): void
}

/** One field for files, commands and models. Closes before it acts, so that what it does may take the focus. */
export function Palette({ mode: wanted, run, onOpenFile, onClose }: PaletteProps) {
  const { remember, onCloseAutoFocus } = useReturnFocus()
  const [text, setText] = useState(wanted === 'commands' ? '>' : '')
  const mode = wanted === 'models' ? 'models' : text.startsWith('>') ? 'commands' : 'files'
  const query = mode === 'commands' ? text.slice(1).trim() : text.trim()
  const act = (action: () => void) => {
    onClose()
    // The dialog gives the focus back in its own turn.
    setTimeout(action)
  }
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            remember()
            focusAtEnd(event)
          }}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed top-2 left-1/2 z-50 w-[min(600px,calc(100vw-16px))] -translate-x-1/2 overflow-hidden rounded-panel border border-line-strong bg-bg-1 shadow-float"
        >
          <Radix.Title className="sr-only">{placeholders[mode]}</Radix.Title>
          <Command label={placeholders[mode]} shouldFilter={mode !== 'files'} loop filter={matchQuery(query)}>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder={placeholders[mode]}
              className="h-10 w-full border-b border-line bg-transparent px-3.5 text-[14px] outline-none"
            />
            <Command.List className="max-h-[min(400px,60dvh)] overflow-y-auto p-1">
              <Command.Empty className="px-2.5 py-2 text-text-3">Nothing matches.</Command.Empty>
              {mode === 'files' && <FileItems query={query} onOpen={(fileId) => act(() => onOpenFile(fileId))} />}
              {mode === 'commands' && <CommandItems run={run} act={act} />}
              {mode === 'models' && <ModelItems act={act} />}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The query without its `>`: every word has to occur; earlier is better. */
function matchQuery(query: string): (value: string) => number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return (value) => {
    const places = words.map((word) => value.toLowerCase().indexOf(word))
    if (places.some((place) => place < 0)) return 0
    return 1 / (1 + places.reduce((sum, place) => sum + place, 0))
  }
}

function Item({ value, onSelect, children }: { value: string; onSelect(): void; children: ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-8 items-center gap-2.5 rounded-[5px] px-2.5 text-text-1 select-none data-[selected=true]:bg-bg-hover"
    >
      {children}
    </Command.Item>
  )
}

function FileItems({ query, onOpen }: { query: string; onOpen(fileId: string): void }) {
  const files = useSession((state) => state.files)
  return rankedFiles(files, query)
    .slice(0, mostFiles)
    .map((file) => (
      <Item key={file.fileId} value={file.fileId} onSelect={() => onOpen(file.fileId)}>
        <FileIcon path={file.path} />
        <span className="shrink-0">{baseName(file.path)}</span>
        <span className="min-w-0 truncate text-text-3">{folderOf(file.path)}</span>
      </Item>
    ))
}

function CommandItems({ run, act }: { run: CommandRunners; act(action: () => void): void }) {
  const mac = useMac()
  return commandEntries.map((entry) => {
    const [keys] = keysOf(entry, mac)
    return (
      <Item key={entry.id} value={`${entry.title} ${entry.group}`} onSelect={() => act(run[entry.id])}>
        <span className="min-w-0 flex-1 truncate">{entry.title}</span>
        <span className="text-small text-text-3">{entry.group}</span>
        {keys && <Kbd keys={displayKeys(keys, mac)} />}
      </Item>
    )
  })
}

function ModelItems({ act }: { act(action: () => void): void }) {
  const backends = useSession((state) => state.backends)
  const choose = useChooseModel()
  return backends.flatMap(({ backendId, name, kind, models }) =>
    models.map((model) => (
      <Item key={`${backendId}/${model}`} value={`${model} ${name}`} onSelect={() => act(() => choose(backendId, model))}>
        <span className="min-w-0 flex-1 truncate">{model}</span>
        <span className="text-small text-text-3">{kind === 'recorded' ? 'recorded answers' : name}</span>
      </Item>
    )),
  )
}
