'use client'

import type { BaseId } from '#protocol/bases.ts'
import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { GitCompare } from 'lucide-react'
import { useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react'
import { BaseMenu } from './base-menu.tsx'
import { changeRows, changesOf, rowAfter, type ChangeRow } from './change-rows.ts'
import { countWording } from './change-wording.ts'
import { ChangesTree } from './changes-tree.tsx'
import { decidable, type PlaceReader } from './changes.ts'
import { RowActions } from './row-actions.tsx'
import { useChanges } from './use-changes.ts'
import { useDecide } from './use-decide.ts'

export type ChangesPanelHandle = { focus(): void }

type ChangesPanelProps = {
  /** Tells where the hunks of a file begin now. */
  placesIn(fileId: string): PlaceReader
  /** Shows a hunk in the editor; `enter`: and goes on there. */
  onReveal(hunkId: string, enter: boolean): void
  /** Shows what differs from the files of a base. */
  onCompare(baseId: BaseId): void
  ref?: Ref<ChangesPanelHandle>
}

/** Everything that waits for a decision, by turn and file. */
export function ChangesPanel({ placesIn, onReveal, onCompare, ref }: ChangesPanelProps) {
  const turns = useChanges(placesIn)
  const participants = useSession((state) => state.participants)
  const mayDecide = useSession((state) => state.you !== null && permits(state.you.role, 'editor'))
  const { deciding, decide } = useDecide()
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => new Set())
  const [activeKey, setActiveKey] = useState<string | undefined>(undefined)
  const panel = useRef<HTMLElement>(null)
  useImperativeHandle(ref, () => ({
    focus: () => (panel.current?.querySelector<HTMLElement>('[role="tree"]') ?? panel.current)?.focus(),
  }))

  const rows = useMemo(() => changeRows(turns, folded), [turns, folded])
  const active = Math.max(
    0,
    rows.findIndex(({ key }) => key === activeKey),
  )
  const open = turns.reduce((sum, turn) => sum + turn.open, 0)

  const fold = (row: ChangeRow, unfold: boolean) =>
    setFolded((before) => {
      const after = new Set(before)
      if (unfold) after.delete(row.key)
      else after.add(row.key)
      return after
    })
  const decideRow = async (row: ChangeRow, decision: 'accept' | 'reject') => {
    if (!mayDecide) return
    const hunks = changesOf(row).map(({ hunk }) => hunk)
    const next = rowAfter(rows, row)
    if (!(await decide(decidable(hunks, decision), decision))) return
    setActiveKey(next?.key)
    // The pressed button goes with its row.
    panel.current?.querySelector<HTMLElement>('[role="tree"]')?.focus()
  }

  return (
    <section ref={panel} aria-label="Changes" tabIndex={-1} className="flex h-full min-h-0 flex-col outline-none">
      <div className="flex h-8.5 shrink-0 items-center gap-2 px-3">
        <h2 className="flex-1 text-small font-semibold text-text-2">Changes</h2>
        {open > 0 && <span className="text-small text-text-3">{countWording(open, 'hunk')} to decide</span>}
        <BaseMenu onChoose={onCompare}>
          <IconButton label="Compare with…" size="small">
            <GitCompare size={14} aria-hidden />
          </IconButton>
        </BaseMenu>
      </div>
      {turns.length === 0 ? (
        <div className="px-3 pt-1 text-text-3">
          <p className="text-text-2">Nothing to review.</p>
          <p className="pt-1">What the assistant changes waits here until somebody accepts or rejects it.</p>
          <button
            type="button"
            onClick={() => onCompare('start')}
            className="mt-3 text-left text-text-1 underline decoration-line-strong underline-offset-3"
          >
            Compare with the start of the session
          </button>
          <p className="pt-1">The menu above has everything else to compare with, such as a zip.</p>
        </div>
      ) : (
        <ChangesTree
          rows={rows}
          active={active}
          askerOf={(participantId) => participants.find((one) => one.participantId === participantId)?.name ?? 'Somebody'}
          onActivate={(row) => setActiveKey(row.key)}
          onFold={fold}
          onReveal={(row, enter) => row.type === 'hunk' && onReveal(row.change.hunk.hunkId, enter)}
          onDecide={(row, decision) => void decideRow(row, decision)}
          actions={(row, isActive) => (
            <RowActions
              row={row}
              active={isActive}
              mayDecide={mayDecide}
              deciding={deciding}
              onDecide={(target, decision) => void decideRow(target, decision)}
              onCompare={onCompare}
            />
          )}
        />
      )}
    </section>
  )
}
