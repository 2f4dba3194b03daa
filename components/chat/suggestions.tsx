'use client'

import { runningTurn } from '#session/running-turn.ts'
import { useSession } from '#session/session-provider.tsx'

/**
 * What one can ask about these files. While the replay backend is chosen, prompts that have a recorded answer: all of them before the
 * first turn, afterwards those that were not asked yet.
 */
export function Suggestions({ onSend, first }: { onSend: (prompt: string) => void; first: boolean }) {
  const backend = useSession((state) => state.backends.find((one) => one.backendId === state.session?.backendId))
  const recordedPrompts = useSession((state) => state.recordedPrompts)
  const prompts = recordedPrompts.filter(({ selection }) => selection === undefined)
  const turns = useSession((state) => state.turns)
  const hasLive = useSession((state) => state.backends.some(({ kind }) => kind === 'live'))
  const recorded = backend?.kind === 'recorded'

  if (!first) {
    if (!recorded || runningTurn(turns) !== undefined) return null
    const asked = new Set(turns.map((turn) => turn.prompt))
    const rest = prompts.filter((one) => !asked.has(one.prompt))
    if (rest.length === 0) return null
    return (
      <ul
        aria-label="Prompts with a recorded answer"
        // A mouse wheel turns one way only, and there is nothing else to scroll here.
        onWheel={({ currentTarget, deltaX, deltaY }) => {
          if (deltaX === 0) currentTarget.scrollLeft += deltaY
        }}
        className="flex shrink-0 gap-1.5 overflow-x-auto mask-r-from-[calc(100%-32px)] px-3 pt-2 [scrollbar-width:none]"
      >
        {rest.map((one) => (
          <li key={one.prompt}>
            <button
              type="button"
              title={one.prompt}
              onClick={() => onSend(one.prompt)}
              className="h-6 rounded-full border border-line-strong px-2.5 text-small whitespace-nowrap text-text-2 hover:bg-bg-hover hover:text-text-1"
            >
              {one.title}
            </button>
          </li>
        ))}
      </ul>
    )
  }

  return (
    <div className="px-3.5 pt-4">
      <p className="text-text-2">
        {recorded
          ? recordedNote(prompts.length > 0, hasLive)
          : 'Ask for a change and watch it being written into your files. Nothing counts until you accept it.'}
      </p>
      {prompts.length > 0 && (
        <ul
          aria-label={recorded ? 'Prompts with a recorded answer' : 'Prompts to begin with'}
          className="mt-3 flex flex-col gap-1.5"
        >
          {prompts.map((one) => (
            <li key={one.prompt}>
              <button
                type="button"
                onClick={() => onSend(one.prompt)}
                className="w-full rounded-card border border-line bg-bg-2 px-3 py-2 text-left hover:border-line-strong hover:bg-bg-hover"
              >
                <span className="block font-medium">{one.title}</span>
                <span className="block text-[12px] leading-[17px] text-text-2">{one.prompt}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {prompts.length === 0 && !recorded && (
        <ul className="mt-3 flex list-disc flex-col gap-1 pl-[18px] text-text-2 marker:text-text-3">
          <li>Type @ to mention a file, or begin with @ and a name to write to that person.</li>
          <li>Select lines in the editor to ask about them.</li>
          <li>Send another message while the assistant writes to redirect it; Esc stops it.</li>
        </ul>
      )}
    </div>
  )
}

function recordedNote(hasPrompts: boolean, hasLive: boolean): string {
  if (hasPrompts)
    return hasLive
      ? 'Recorded answers are chosen in the status bar. These prompts play one, at the speed of a real model:'
      : 'No model is connected, so these prompts play recorded answers, at the speed of a real one:'
  const wayOut = hasLive ? 'choose a live model in the status bar' : 'set CEREBRAS_API_KEY and restart'
  return `${hasLive ? 'Recorded answers are chosen' : 'No model is connected'}, and there is no recorded answer for these files. Start from a sample to see one, or ${wayOut}.`
}
