'use client'

import type { ComposerHandle } from '#chat/composer.tsx'
import type { EditorHandle } from '#editor/editor-props.ts'
import type { FilesPanelHandle } from '#files/files-panel.tsx'
import type { PeoplePanelHandle } from '#people/people-panel.tsx'
import type { SearchPanelHandle } from '#files/search-panel.tsx'
import type { ComparisonHandle } from '#review/comparison.tsx'
import type { ChangesPanelHandle } from '#review/changes-panel.tsx'
import { useSendReview } from '#review/use-send-review.ts'
import type { FollowTarget } from '#session/leader.ts'
import { runningTurn } from '#session/running-turn.ts'
import { useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { toggleTheme } from '#ui/theme.ts'
import { toast } from '#ui/toast.tsx'
import type { RefObject } from 'react'
import type { SideView } from './activity-bar.tsx'
import { afterShowing } from './after-showing.ts'
import type { CommandRunners } from './commands.ts'
import { wordSaved } from './connection-wording.ts'
import type { Comparing } from './use-comparing.ts'
import type { WorkbenchLayout } from './layout-cookie.ts'
import type { NarrowView } from './narrow-panels.tsx'
import type { PaletteMode } from './palette.tsx'
import type { FileTransfer } from './use-file-transfer.tsx'

type Workings = {
  editor: RefObject<EditorHandle | null>
  composer: RefObject<ComposerHandle | null>
  filesPanel: RefObject<FilesPanelHandle | null>
  changesPanel: RefObject<ChangesPanelHandle | null>
  peoplePanel: RefObject<PeoplePanelHandle | null>
  searchPanel: RefObject<SearchPanelHandle | null>
  transfer: FileTransfer
  threads: { step(places: 1 | -1): boolean; submit(): void; focus(): void }
  narrow: boolean
  layout: WorkbenchLayout
  setLayout(change: Partial<WorkbenchLayout>): void
  setView(view: NarrowView): void
  showSide(view: SideView): void
  comparing: Comparing
  comparison: RefObject<ComparisonHandle | null>
  setPalette(mode: PaletteMode): void
  follow: FollowTarget
  setFollow(target: FollowTarget): void
  people: { gather(): Promise<void>; followNext(): void }
  showShortcuts(): void
  renameSession(): void
  shareSession(): void
  showCopies(): void
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
  const sendReview = useSendReview()

  const inFiles = (action: (panel: FilesPanelHandle) => void) => {
    workings.showSide('files')
    afterShowing(() => filesPanel.current && action(filesPanel.current))
  }
  const inSearch = (action: (panel: SearchPanelHandle) => void) => {
    workings.showSide('search')
    afterShowing(() => workings.searchPanel.current && action(workings.searchPanel.current))
  }
  const stepThread = (places: 1 | -1) => {
    const { comparing, comparison, threads } = workings
    const found = comparing.baseId === null ? threads.step(places) : comparison.current?.stepThread(places)
    if (found !== true) toast('No thread that waits to be settled stands in the code', { id: 'threads' })
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
  const writeTo = (audience: 'assistant' | 'people') => {
    if (narrow) setView('chat')
    else setLayout({ chatOpen: true })
    afterShowing(() => composer.current?.focus(audience))
  }
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
    moveFile: () => inFiles((panel) => panel.moveActive()),
    addFiles: () => workings.transfer.pickFiles(''),
    addFolder: () => workings.transfer.pickFolder(''),
    downloadFile: onActiveTab(workings.transfer.downloadFile),
    downloadZip: workings.transfer.downloadZip,
    exportPatch: workings.transfer.exportPatch,
    closeTab: onActiveTab(tabs.close),
    closeOtherTabs: onActiveTab(tabs.closeOthers),
    reopenTab: tabs.reopen,
    save: () => {
      const { connection, saving } = store.read()
      const { label, detail } = wordSaved(connection, saving)
      if (label === 'Saved' || label === 'Saving…') toast.success('Everything is saved as you type', { id: 'save' })
      else toast.warning(label, { id: 'save', description: detail })
    },

    find: runInEditor('actions.find'),
    replace: runInEditor('editor.action.startFindReplaceAction'),
    searchFiles: () => inSearch((panel) => panel.focus()),
    replaceInFiles: () => inSearch((panel) => panel.focusReplace()),
    format: runInEditor('editor.action.formatDocument'),
    renameSymbol: runInEditor('editor.action.rename'),
    toggleComment: runInEditor('editor.action.commentLine'),

    focusChat: () => writeTo('assistant'),
    writeToPeople: () => writeTo('people'),
    inlineEdit: () => inEditor((handle) => handle.inlineEdit()),
    stopTurn: () => {
      const { turns, you } = store.read()
      const running = runningTurn(turns) ?? turns.find((turn) => turn.status !== 'ended' && turn.askedBy === you?.participantId)
      if (running) void session.stopTurn(running.turnId)
      else toast('The assistant is not working on anything', { id: 'stop' })
    },
    toggleFollow: () => workings.setFollow(workings.follow?.kind === 'assistant' ? null : { kind: 'assistant' }),

    showChanges: () => {
      workings.showSide('changes')
      afterShowing(() => workings.changesPanel.current?.focus())
    },
    showThreads: () => {
      workings.showSide('threads')
      afterShowing(() => workings.threads.focus())
    },
    comment: () =>
      workings.comparing.baseId === null ? inEditor((handle) => handle.comment()) : workings.comparison.current?.comment(),
    nextThread: () => stepThread(1),
    previousThread: () => stepThread(-1),
    askReview: onActiveTab((fileId) => void sendReview([fileId])),
    submitReview: () => workings.threads.submit(),
    compareStart: () => workings.comparing.with('start'),
    compareTurn: () => {
      const latest = store.read().turns.at(-1)
      if (latest) workings.comparing.with(latest.turnId)
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

    showPeople: () => {
      workings.showSide('people')
      afterShowing(() => workings.peoplePanel.current?.focus())
    },
    followNext: workings.people.followNext,
    stopFollowing: () => workings.setFollow(null),
    gather: () => void workings.people.gather(),

    toggleSide: () => (narrow ? workings.showSide('files') : setLayout({ sideOpen: !layout.sideOpen })),
    showFiles: () => inFiles((panel) => panel.focus()),
    toggleChat: () => (narrow ? setView('chat') : setLayout({ chatOpen: !layout.chatOpen })),
    toggleTheme,
    collapseFolders: () => inFiles((panel) => panel.collapseAll()),
    showShortcuts: workings.showShortcuts,

    shareSession: workings.shareSession,
    renameSession: workings.renameSession,
    showCopies: workings.showCopies,
    allSessions: () => window.location.assign('/'),
  }
}
