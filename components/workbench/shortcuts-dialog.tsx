'use client'

import { Dialog } from '#ui/dialog.tsx'
import { Kbd } from '#ui/kbd.tsx'
import { commandEntries, keysOf } from './commands.ts'
import { displayKeys } from '#ui/key-combination.ts'
import { useMac } from '#ui/use-mac.ts'

/** Keys that belong to one place rather than to a command. */
const local = [
  { title: 'Send the prompt', keys: 'Enter' },
  { title: 'New line in the prompt', keys: 'Shift+Enter' },
  { title: 'Stop the assistant (in the prompt)', keys: 'Escape' },
  { title: 'Stop, or close, an inline edit', keys: 'Escape' },
  { title: 'Rename a file (in the tree)', keys: 'F2' },
  { title: 'Delete a file (in the tree), close a tab', keys: 'Delete' },
  { title: 'Replace the active result (in the search)', keys: 'Mod+Enter' },
]

export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const mac = useMac()
  const groups = [...new Set(commandEntries.map((entry) => entry.group))]
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" className="w-[min(760px,calc(100vw-32px))]">
      {/* The only thing to scroll with keys, so it takes the focus. */}
      <div tabIndex={0} role="region" aria-label="All shortcuts" className="gap-8 pb-2 narrow:columns-2">
        {groups.map((group) => {
          const entries = commandEntries.filter((entry) => entry.group === group && keysOf(entry, mac).length > 0)
          if (entries.length === 0) return null
          return (
            <Section
              key={group}
              title={group}
              rows={entries.map((entry) => ({ title: entry.title, keys: keysOf(entry, mac) }))}
            />
          )
        })}
        <Section title="In place" rows={local.map(({ title, keys }) => ({ title, keys: [keys] }))} />
      </div>
    </Dialog>
  )

  function Section({ title, rows }: { title: string; rows: { title: string; keys: readonly string[] }[] }) {
    return (
      <section className="break-inside-avoid pb-4">
        <h3 className="pb-1 text-small font-semibold text-text-3">{title}</h3>
        <dl>
          {rows.map((row) => (
            <div key={row.title} className="flex items-center gap-2 border-t border-line py-1 first:border-0">
              <dt className="min-w-0 flex-1">{row.title}</dt>
              <dd className="flex gap-1">
                {row.keys.map((keys) => (
                  <Kbd key={keys} keys={displayKeys(keys, mac)} />
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    )
  }
}
