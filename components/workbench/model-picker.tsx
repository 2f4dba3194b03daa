'use client'

import { permits } from '#protocol/roles.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { toast } from '#ui/toast.tsx'
import { ChevronUp } from 'lucide-react'

/** Chooses a model; a refusal is told. */
export function useChooseModel(): (backendId: string, model: string) => void {
  const { chooseModel } = useSessionActions()
  return (backendId, model) => {
    void chooseModel(backendId, model).then((result) => {
      if (!result.ok) toast.error('The model was not changed', { description: 'The server did not accept it. Try again.' })
    })
  }
}

/** Says who answers the next prompt, and lets an editor choose another model. */
export function ModelPicker() {
  const backends = useSession((state) => state.backends)
  const session = useSession((state) => state.session)
  const mayChoose = useSession((state) => state.you !== null && permits(state.you.role, 'editor'))
  const choose = useChooseModel()
  const backend = backends.find(({ backendId }) => backendId === session?.backendId)
  const recorded = backend?.kind === 'recorded'

  const entries = backends.flatMap(({ backendId, name, kind, models }): MenuEntry[] => [
    { type: 'heading', label: name, detail: kind === 'recorded' ? 'recorded answers' : 'live' },
    ...models.map((model): MenuEntry => ({
      type: 'choice',
      label: model,
      checked: backendId === session?.backendId && model === session.model,
      disabled: !mayChoose,
      onSelect: () => choose(backendId, model),
    })),
  ])
  if (!backends.some(({ kind }) => kind === 'live'))
    entries.push(
      { type: 'separator' },
      { type: 'heading', label: 'Start Flint with CEREBRAS_API_KEY to connect a live model.' },
    )

  return (
    <Menu entries={entries} align="end" side="top" label="Models">
      <button
        type="button"
        aria-label={`Model: ${session?.model ?? 'none'}${recorded ? ', recorded answers' : ''}. Choose another`}
        className="flex h-full shrink-0 items-center gap-1.5 px-2 whitespace-nowrap hover:bg-bg-hover"
      >
        {recorded && (
          <span className="rounded-[4px] border border-line-strong px-1 text-[10.5px] leading-4 text-text-2">
            recorded<span className="hidden narrow:inline"> answers</span>
          </span>
        )}
        <span className="hidden truncate narrow:inline">{session?.model ?? 'No model'}</span>
        <ChevronUp size={12} aria-hidden className="shrink-0 text-text-3" />
      </button>
    </Menu>
  )
}
