'use client'

import type { Problem } from '#editor/problems.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { DebtMeter } from '#review/debt-meter.tsx'
import type { LookedHunks } from '#review/looked-hunks.ts'
import { useSession } from '#session/session-provider.tsx'
import { SpeedHud } from '#speed/speed-hud.tsx'
import { CursorPlaceButton } from './cursor-place.tsx'
import type { CursorStore } from './cursor-store.ts'
import { languageName } from './language-name.ts'
import { ModelPicker } from './model-picker.tsx'
import { ProblemList } from './problem-list.tsx'
import { SavedState } from './saved-state.tsx'

type StatusBarProps = {
  file: FileNode | undefined
  cursor: CursorStore
  looked: LookedHunks
  onShowCopies(): void
  onGoToLine(): void
  onProblem(problem: Problem): void
  /** Goes to the next hunk that was not looked at. */
  onNextUnseen(): void
}

/** Always in the same place: is it saved, what did I not look at, where am I, who answers, how fast. */
export function StatusBar({ file, cursor, looked, onShowCopies, onGoToLine, onProblem, onNextUnseen }: StatusBarProps) {
  const canChoose = useSession((state) => state.backends.length > 0)
  return (
    <footer className="flex h-6.5 shrink-0 items-stretch overflow-hidden border-t border-line bg-bg-1 px-1 text-small text-text-2 tabular-nums">
      <SavedState onShowCopies={onShowCopies} />
      <ProblemList onReveal={onProblem} />
      <DebtMeter looked={looked} onNext={onNextUnseen} />
      {file && (
        <span className="hidden h-full min-w-0 items-center gap-1.5 px-2 whitespace-nowrap wide:flex">
          <span className="truncate">{file.path}</span>
          <span className="text-text-3">{file.kind === 'text' ? languageName(file.path) : 'Binary'}</span>
          {file.kind === 'text' && file.lineEnding !== 'lf' && (
            <span className="text-text-3" title="The file's own line ends, kept when it leaves Flint">
              {file.lineEnding.toUpperCase()}
            </span>
          )}
        </span>
      )}
      {file && <CursorPlaceButton cursor={cursor} fileId={file.fileId} onGoToLine={onGoToLine} />}
      <span className="flex-1" />
      {canChoose && <ModelPicker />}
      <span className="flex min-w-0 items-center overflow-hidden whitespace-nowrap">
        <SpeedHud />
      </span>
    </footer>
  )
}
