'use client'

import type { ComposerHandle } from '#chat/composer.tsx'
import type { EditorHandle } from '#editor/editor-props.ts'
import type { FilesPanelHandle } from '#files/files-panel.tsx'
import type { ChangesPanelHandle } from '#review/changes-panel.tsx'
import { runningTurn } from '#session/running-turn.ts'
import { useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { toggleTheme } from '#ui/theme.ts'
import { toast } from '#ui/toast.tsx'
import type { Dispatch, RefObject, SetStateAction } from 'react'
import type { SideView } from './activity-bar.tsx'
import { afterShowing } from './after-showing.ts'
import type { CommandRunners } from './commands.ts'
import { wordSaved } from './connection-wording.ts'
import type { WorkbenchLayout } from './layout-cookie.ts'
import type { NarrowView } from './narrow-panels.tsx'
import type { PaletteMode } from './palette.tsx'

type Workings = {
  editor: RefObject<EditorHandle | null>
  composer: RefObject<ComposerHandle | null>
  filesPanel: RefObject<FilesPanelHandle | null>
  changesPanel: RefObject<ChangesPanelHandle | null>
  narrow: boolean
  layout: WorkbenchLayout
  setLayout(change: Partial<WorkbenchLayout>): void
  setView(view: NarrowView): void
  showSide(view: SideView): void
  compare(turnId: string): void
  setPalette(mode: PaletteMode): void
  setFollow: Dispatch<SetStateAction<boolean>>
  showShortcuts(): void
  renameSession(): void
  tabs: {
    active: string | null
    close(fileId: string): void
    closeOthers(fileId: string): void
    reopen(): void
    step(places: number): void
  }
}

/** What each command does. */
export function useCommands(workings: Workings): CommandRunners {
  const { editor, composer, filesPanel, narrow, layout, setLayout, setView, setPalette, tabs } = workings
  const session = useSessionActions()
  const store = useSessionStore()

  const inFiles = (action: (panel: FilesPanelHandle) => void) => {
    workings.showSide('files')
    afterShowing(() => filesPanel.current && action(filesPanel.current))
  }
  const inEditor = (action: (handle: EditorHandle) => void) => {
    if (narrow) setView('editor')
    afterShowing(() => editor.current && action(editor.current))
  }
  const runInEditor = (actionId: string) => () =>
    inEditor((handle) => {
      handle.focus()
      handle.run(actionId)
    })
  const onActiveTab = (action: (fileId: string) => void) => () => tabs.active !== null && action(tabs.active)

  return {
    showCommands: () => setPalette('commands'),
    goToFile: () => setPalette('files'),
    chooseModel: () => setPalette('models'),
    goToLine: runInEditor('editor.action.gotoLine'),
    goToSymbol: runInEditor('editor.action.quickOutline'),
    nextProblem: runInEditor('editor.action.marker.next'),
    nextTab: () => tabs.step(1),
    previousTab: () => tabs.step(-1),
    focusEditor: () => inEditor((handle) => handle.focus()),

    newFile: () => inFiles((panel) => panel.newFile()),
    newFolder: () => inFiles((panel) => panel.newFolder()),
    closeTab: onActiveTab(tabs.close),
    closeOtherTabs: onActiveTab(tabs.closeOthers),
    reopenTab: tabs.reopen,
    save: () => {
      const { connection, saving } = store.read()
      const { label, detail } = wordSaved(connection, saving.pending)
      if (connection.status === 'online') toast.success('Everything is saved as you type', { id: 'save' })
      else toast.warning(label, { id: 'save', description: detail })
    },

    find: runInEditor('actions.find'),
    replace: runInEditor('editor.action.startFindReplaceAction'),
    format: runInEditor('editor.action.formatDocument'),
    renameSymbol: runInEditor('editor.action.rename'),
    toggleComment: runInEditor('editor.action.commentLine'),

    focusChat: () => {
      if (narrow) setView('chat')
      else setLayout({ chatOpen: true })
      afterShowing(() => composer.current?.focus())
    },
    inlineEdit: () => inEditor((handle) => handle.inlineEdit()),
    stopTurn: () => {
      const { turns, you } = store.read()
      const running = runningTurn(turns) ?? turns.find((turn) => turn.status !== 'ended' && turn.askedBy === you?.participantId)
      if (running) void session.stopTurn(running.turnId)
      else toast('The assistant is not working on anything', { id: 'stop' })
    },
    toggleFollow: () => workings.setFollow((follow) => !follow),

    showChanges: () => {
      workings.showSide('changes')
      afterShowing(() => workings.changesPanel.current?.focus())
    },
    compareTurn: () => {
      const latest = store.read().turns.at(-1)
      if (latest) workings.compare(latest.turnId)
      else toast('Nothing was asked of the assistant yet', { id: 'compare' })
    },
    acceptHunk: () => inEditor((handle) => handle.acceptHunk()),
    rejectHunk: () => inEditor((handle) => handle.rejectHunk()),
    nextHunk: () => inEditor((handle) => handle.nextHunk()),
    previousHunk: () => inEditor((handle) => handle.previousHunk()),
    acceptFile: () => inEditor((handle) => handle.acceptFile()),
    rejectFile: () => inEditor((handle) => handle.rejectFile()),
    acceptTurn: () => inEditor((handle) => handle.decideTurn('accept')),
    rejectTurn: () => inEditor((handle) => handle.decideTurn('reject')),
    undoReject: () => inEditor((handle) => handle.undoReject()),
    acceptAll: () => inEditor((handle) => handle.acceptAll()),

    toggleSide: () => (narrow ? setView('files') : setLayout({ sideOpen: !layout.sideOpen })),
    showFiles: () => inFiles((panel) => panel.focus()),
    toggleChat: () => (narrow ? setView('chat') : setLayout({ chatOpen: !layout.chatOpen })),
    toggleTheme,
    collapseFolders: () => inFiles((panel) => panel.collapseAll()),
    showShortcuts: workings.showShortcuts,

    renameSession: workings.renameSession,
    allSessions: () => window.location.assign('/'),
  }
}
