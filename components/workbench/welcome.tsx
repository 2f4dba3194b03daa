'use client'

import { useSession } from '#session/session-provider.tsx'
import { Kbd } from '#ui/kbd.tsx'
import { Mark } from '#ui/mark.tsx'
import { commandEntries, keysOf, type CommandId, type CommandRunners } from './commands.ts'
import { displayKeys } from '#ui/key-combination.ts'
import { useMac } from '#ui/use-mac.ts'

const withFiles: CommandId[] = ['goToFile', 'focusChat', 'newFile', 'showCommands']
const withoutFiles: CommandId[] = ['focusChat', 'newFile', 'showCommands']

/** What the editor's place shows while no file is open: what to do next. */
export function Welcome({ run }: { run: CommandRunners }) {
  const mac = useMac()
  const empty = useSession((state) => state.files.length === 0)
  const shown = empty ? withoutFiles : withFiles
  return (
    <div className="grid h-full place-items-center overflow-auto bg-bg-2 p-6">
      <div className="w-full max-w-80">
        <div className="grid justify-center pb-6 opacity-90 grayscale">
          <Mark size={44} />
        </div>
        <p className="pb-4 text-center text-text-2">
          {empty
            ? 'This session has no files yet. Ask the assistant for what you want to build, or create a file.'
            : 'No file is open.'}
        </p>
        <ul>
          {shown.map((id) => {
            const entry = commandEntries.find((candidate) => candidate.id === id)
            const [keys] = entry ? keysOf(entry, mac) : []
            return (
              <li key={id}>
                <button
                  type="button"
                  onClick={run[id]}
                  className="flex h-8 w-full items-center rounded-control px-2.5 text-left text-text-2 hover:bg-bg-hover hover:text-text-1"
                >
                  <span className="flex-1">{entry?.title}</span>
                  {keys && <Kbd keys={displayKeys(keys, mac)} />}
                </button>
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}
