'use client'

import type { ComposerHandle } from '#chat/composer.tsx'
import type { EditorHandle } from '#editor/editor-props.ts'
import type { Problem } from '#editor/problems.ts'
import { EditorCenter } from './editor-center.tsx'
import type { FilesPanelHandle } from '#files/files-panel.tsx'
import type { SearchPanelHandle } from '#files/search-panel.tsx'
import { limits } from '#protocol/limits.ts'
import type { PeoplePanelHandle } from '#people/people-panel.tsx'
import { permits } from '#protocol/roles.ts'
import type { ComparisonHandle } from '#review/comparison.tsx'
import type { ChangesPanelHandle } from '#review/changes-panel.tsx'
import { useLookedHunks } from '#review/use-looked-hunks.ts'
import { useSession } from '#session/session-provider.tsx'
import { useTheme } from '#ui/theme.ts'
import { useMemo, useRef, useState } from 'react'
import { afterShowing } from './after-showing.ts'
import { ActivityBar, type SideView } from './activity-bar.tsx'
import { ChatPane } from './chat-pane.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { CopiesDialog } from './copies-dialog.tsx'
import { CopiesNotice } from './copies-notice.tsx'
import { createCursorStore } from './cursor-store.ts'
import type { WorkbenchLayout } from './layout-cookie.ts'
import { NarrowPanels, type NarrowView } from './narrow-panels.tsx'
import { Palette, type PaletteMode } from './palette.tsx'
import { Joiners } from '#sharing/joiners.tsx'
import { ShareDialog } from '#sharing/share-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { SideViews } from './side-views.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useAssistantTabs } from './use-assistant-tabs.ts'
import { useCommands } from './use-commands.ts'
import { useComparing } from './use-comparing.ts'
import { useFileTransfer } from './use-file-transfer.tsx'
import { useFollow } from './use-follow.ts'
import { useKept } from './use-kept.tsx'
import { useLayout } from './use-layout.ts'
import { useMedia } from './use-media.ts'
import { usePeople } from './use-people.ts'
import { useReveal } from './use-reveal.ts'
import { useReviewAsking } from './use-review-asking.tsx'
import { useReviewViews } from './use-review-views.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useThreadViews } from './use-thread-views.tsx'
import { useTabs } from './use-tabs.ts'
import { fileDropGuard } from './file-drop-guard.ts'
import { WidePanels } from './wide-panels.tsx'

type FrameProps = { sessionId: string; initialLayout: WorkbenchLayout }

/** The workbench of a session that is loaded: places every room's part and connects them. */
export function Frame({ sessionId, initialLayout }: FrameProps) {
  const theme = useTheme()
  const narrow = useMedia('(max-width: 899px)')
  const files = useSession((state) => state.files)
  const canEdit = useSession((state) => state.you !== null && permits(state.you.role, 'editor'))

  const [layout, setLayout] = useLayout(initialLayout)
  const [view, setView] = useState<NarrowView>('editor')
  const [side, setSide] = useState<SideView>('files')
  const comparing = useComparing(() => setView('editor'))
  const asking = useReviewAsking()
  const [follow, setFollow] = useFollow()
  const [cursor] = useState(createCursorStore)
  const [palette, setPalette] = useState<PaletteMode | undefined>(undefined)
  const [shortcutsOpen, setShortcutsOpen] = useState(false)
  const [sharing, setSharing] = useState(false)
  const [renaming, setRenaming] = useState(false)
  const [copiesOpen, setCopiesOpen] = useState(false)
  // The person went into a file, for which the editor may still be loading.
  const [enteredFrom, setEnteredFrom] = useState<Element | null>(null)

  const editor = useRef<EditorHandle>(null)
  const composer = useRef<ComposerHandle>(null)
  const filesPanel = useRef<FilesPanelHandle>(null)
  const changesPanel = useRef<ChangesPanelHandle>(null)
  const peoplePanel = useRef<PeoplePanelHandle>(null)
  const comparison = useRef<ComparisonHandle>(null)
  const searchPanel = useRef<SearchPanelHandle>(null)
  const transfer = useFileTransfer(sessionId, canEdit)

  const { tabs, open, ...byHand } = useTabs(sessionId, files, () => setFollow(null))
  const { close, closeOthers, reopen, step } = byHand
  const show = (fileId: string, enter = false) => {
    byHand.show(fileId)
    setView('editor')
    comparing.end()
    setEnteredFrom(enter ? document.activeElement : null)
    if (enter) afterShowing(() => editor.current?.focus())
  }
  const { revealHunk, revealPlace } = useReveal(editor, tabs.active, show)
  const threads = useThreadViews(revealPlace)
  useAssistantTabs(open)
  const people = usePeople({ fileId: tabs.active, follow, setFollow, reveal: revealPlace })
  const showSide = (wanted: SideView) => {
    setSide(wanted)
    if (narrow) setView(wanted)
    else setLayout({ sideOpen: true })
  }
  const showNarrow = (wanted: NarrowView) => (wanted === 'chat' || wanted === 'editor' ? setView(wanted) : showSide(wanted))

  const run = useCommands({
    editor,
    composer,
    filesPanel,
    changesPanel,
    peoplePanel,
    searchPanel,
    transfer,
    threads,
    narrow,
    layout,
    setLayout,
    setView,
    showSide,
    comparing,
    comparison,
    setPalette,
    follow,
    setFollow,
    people,
    showShortcuts: () => setShortcutsOpen(true),
    renameSession: () => setRenaming(true),
    shareSession: () => setSharing(true),
    showCopies: () => setCopiesOpen(true),
    tabs: { active: tabs.active, close, closeOthers, reopen, step },
  })
  useShortcuts(run)

  const showProblem = ({ path, line, column }: Problem) => {
    const file = files.find((candidate) => candidate.path === path)
    if (file) revealPlace(file.fileId, line, column)
  }

  const byId = useMemo(() => new Map(files.map((file) => [file.fileId, file])), [files])
  const openFiles = tabs.open.map((fileId) => byId.get(fileId)).filter((file) => file !== undefined)
  const activeFile = tabs.active === null ? undefined : byId.get(tabs.active)

  const editorVisible = activeFile?.kind === 'text' && comparing.baseId === null && (!narrow || view === 'editor')
  const looked = useLookedHunks(sessionId, editorVisible)
  const { placesIn, revealChange, revealNextUnseen } = useReviewViews({
    looked,
    shownFileId: tabs.active,
    revealHunk,
    focusEditor: () => editor.current?.focus(),
  })

  // The shown file first: where the context is too small for all, the first ones stay.
  const openFileIds = useMemo(
    () => [...new Set([tabs.active, ...tabs.open])].filter((fileId) => fileId !== null).slice(0, limits.openDocuments),
    [tabs.active, tabs.open],
  )

  const sidePanel = useKept(
    <SideViews
      shown={side}
      threads={threads.panel}
      filesPanel={filesPanel}
      searchPanel={searchPanel}
      changesPanel={changesPanel}
      peoplePanel={peoplePanel}
      activeFileId={tabs.active}
      canEdit={canEdit}
      transfer={transfer}
      follow={follow}
      onFollow={setFollow}
      people={people}
      onOpen={show}
      onRevealPlace={(fileId, line, column, enter) => {
        revealPlace(fileId, line, column)
        if (enter) afterShowing(() => editor.current?.focus())
      }}
      placesIn={placesIn}
      onRevealChange={revealChange}
      onCompare={comparing.with}
      onReview={asking.ask}
    />,
  )
  const center = useKept(
    <EditorCenter
      run={run}
      tabs={{ files: openFiles, active: tabs.active, onOpen: show, onClose: close, onCloseOthers: closeOthers }}
      file={activeFile}
      comparing={comparing}
      comparison={comparison}
      onReview={asking.ask}
      onExportPatch={transfer.downloadPatch}
      area={{
        ref: editor,
        theme,
        follow,
        enteredFrom,
        onFollowBroken: () => setFollow(null),
        onCursor: cursor.set,
        onHunksInSight: looked.show,
        onOpenFile: byHand.show,
        onFollowedTo: open,
        threads: threads.inEditor,
      }}
    />,
  )
  const chat = useKept(
    <ChatPane
      ref={composer}
      openFileIds={openFileIds}
      cursor={cursor}
      onReveal={revealHunk}
      onCompare={comparing.with}
      onOpenPlace={(fileId, line) => revealPlace(fileId, line, 1)}
      follow={follow?.kind === 'assistant'}
      setFollow={(on) => setFollow(on ? { kind: 'assistant' } : null)}
    />,
  )
  const places = { side: sidePanel.place, center: center.place, chat: chat.place }

  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-bg-0" {...fileDropGuard}>
      <TopBar
        run={run}
        renaming={renaming}
        onRenaming={setRenaming}
        follow={follow}
        onFollow={setFollow}
        {...(narrow ? {} : { panels: { sideOpen: layout.sideOpen, chatOpen: layout.chatOpen } })}
      />
      <ConnectionBanner />
      <Joiners />
      <CopiesNotice onShow={run.showCopies} />
      {narrow ? (
        <NarrowPanels view={view} onView={showNarrow} {...places} />
      ) : (
        <main className="flex min-h-0 flex-1">
          <ActivityBar
            shown={layout.sideOpen ? side : undefined}
            onPress={(wanted) => (layout.sideOpen && side === wanted ? setLayout({ sideOpen: false }) : showSide(wanted))}
          />
          <WidePanels layout={layout} onLayout={setLayout} {...places} />
        </main>
      )}
      {sidePanel.content}
      {center.content}
      {chat.content}
      <StatusBar
        file={activeFile}
        cursor={cursor}
        looked={looked}
        onShowCopies={run.showCopies}
        onGoToLine={run.goToLine}
        onProblem={showProblem}
        onNextUnseen={revealNextUnseen}
      />
      {palette && (
        <Palette mode={palette} run={run} onOpenFile={(fileId) => show(fileId, true)} onClose={() => setPalette(undefined)} />
      )}
      {transfer.dialog}
      {asking.dialog}
      {threads.dialog}
      <CopiesDialog open={copiesOpen} onOpenChange={setCopiesOpen} onOpenFile={(fileId) => show(fileId, true)} />
      <ShortcutsDialog open={shortcutsOpen} onOpenChange={setShortcutsOpen} />
      <ShareDialog sessionId={sessionId} open={sharing} onOpenChange={setSharing} />
    </div>
  )
}
