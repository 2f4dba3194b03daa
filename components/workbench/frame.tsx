'use client'

import type { ComposerHandle } from '#chat/composer.tsx'
import { EditorArea } from '#editor/editor-area.tsx'
import type { EditorHandle } from '#editor/editor-props.ts'
import type { Problem } from '#editor/problems.ts'
import { turnFailureWording } from '#chat/failure-wording.ts'
import { FilesPanel, type FilesPanelHandle } from '#files/files-panel.tsx'
import { limits } from '#protocol/limits.ts'
import { permits } from '#protocol/roles.ts'
import { ChangesPanel, type ChangesPanelHandle } from '#review/changes-panel.tsx'
import { Comparison } from '#review/comparison.tsx'
import { useLookedHunks } from '#review/use-looked-hunks.ts'
import { useSession } from '#session/session-provider.tsx'
import { useTheme } from '#ui/theme.ts'
import { useMemo, useRef, useState } from 'react'
import { afterShowing } from './after-showing.ts'
import { ActivityBar, type SideView } from './activity-bar.tsx'
import { BinaryFile } from './binary-file.tsx'
import { ChatPane } from './chat-pane.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { createCursorStore } from './cursor-store.ts'
import { FileDifference } from './file-difference.tsx'
import type { WorkbenchLayout } from './layout-cookie.ts'
import { NarrowPanels, type NarrowView } from './narrow-panels.tsx'
import { Palette, type PaletteMode } from './palette.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { StatusBar } from './status-bar.tsx'
import { TabBar } from './tab-bar.tsx'
import { editorPanelId } from './tabs.ts'
import { TopBar } from './top-bar.tsx'
import { useAssistantTabs } from './use-assistant-tabs.ts'
import { useCommands } from './use-commands.ts'
import { useFollow } from './use-follow.ts'
import { useKept } from './use-kept.tsx'
import { useLayout } from './use-layout.ts'
import { useMedia } from './use-media.ts'
import { useReveal } from './use-reveal.ts'
import { useReviewViews } from './use-review-views.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useTabs } from './use-tabs.ts'
import { fileDropGuard } from './file-drop-guard.ts'
import { Welcome } from './welcome.tsx'
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
  /** The turn whose checkpoint is compared with the files as they are now. */
  const [comparing, setComparing] = useState<string | null>(null)
  const [follow, setFollow] = useFollow()
  const [cursor] = useState(createCursorStore)
  const [palette, setPalette] = useState<PaletteMode | undefined>(undefined)
  const [shortcutsOpen, setShortcutsOpen] = useState(false)
  const [renaming, setRenaming] = useState(false)
  // The person went into a file, for which the editor may still be loading.
  const [entered, setEntered] = useState(false)

  const editor = useRef<EditorHandle>(null)
  const composer = useRef<ComposerHandle>(null)
  const filesPanel = useRef<FilesPanelHandle>(null)
  const changesPanel = useRef<ChangesPanelHandle>(null)

  const { tabs, open, close, closeOthers, reopen, step } = useTabs(sessionId, files)
  const show = (fileId: string, enter = false) => {
    open(fileId)
    setView('editor')
    setComparing(null)
    setEntered(enter)
    if (enter) afterShowing(() => editor.current?.focus())
  }
  const { revealHunk, revealPlace } = useReveal(editor, tabs.active, show)
  useAssistantTabs(open)
  const showSide = (wanted: SideView) => {
    setSide(wanted)
    if (narrow) setView(wanted)
    else setLayout({ sideOpen: true })
  }
  const showNarrow = (wanted: NarrowView) => (wanted === 'files' || wanted === 'changes' ? showSide(wanted) : setView(wanted))
  const compare = (turnId: string) => {
    setView('editor')
    setComparing(turnId)
  }

  const run = useCommands({
    editor,
    composer,
    filesPanel,
    changesPanel,
    narrow,
    layout,
    setLayout,
    setView,
    showSide,
    compare,
    setPalette,
    setFollow,
    showShortcuts: () => setShortcutsOpen(true),
    renameSession: () => setRenaming(true),
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

  const editorVisible = activeFile?.kind === 'text' && comparing === null && (!narrow || view === 'editor')
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
    <>
      {/* It keeps which folders are open. */}
      <div className={side === 'files' ? 'h-full' : 'hidden'}>
        <FilesPanel ref={filesPanel} activeFileId={tabs.active} canEdit={canEdit} onOpen={show} />
      </div>
      {side === 'changes' && (
        <ChangesPanel ref={changesPanel} placesIn={placesIn} onReveal={revealChange} onCompare={compare} />
      )}
    </>,
  )
  const center = useKept(
    <section aria-label="Editor" className="flex h-full min-h-0 flex-col bg-bg-2">
      <TabBar files={openFiles} active={tabs.active} onOpen={show} onClose={close} onCloseOthers={closeOthers} />
      <div
        id={editorPanelId}
        role="tabpanel"
        aria-label={activeFile ? activeFile.path : 'No file'}
        className="relative min-h-0 flex-1"
      >
        {/* The editor stays while nothing of its own is shown: it keeps undo histories, and follows into the first file. */}
        <div className="absolute inset-0" inert={activeFile?.kind !== 'text' || comparing !== null}>
          <EditorArea
            ref={editor}
            fileId={activeFile?.kind === 'text' ? activeFile.fileId : null}
            theme={theme}
            follow={follow}
            entered={entered}
            onFollowBroken={() => setFollow(false)}
            onCursor={cursor.set}
            onHunksInSight={looked.show}
            onOpenFile={open}
            wordFailure={turnFailureWording}
          />
        </div>
        {activeFile?.kind !== 'text' && (
          <div className="absolute inset-0 z-10 bg-bg-2">
            {activeFile ? <BinaryFile file={activeFile} /> : <Welcome run={run} />}
          </div>
        )}
        {comparing !== null && (
          <Comparison key={comparing} turnId={comparing} Difference={FileDifference} onClose={() => setComparing(null)} />
        )}
      </div>
    </section>,
  )
  const chat = useKept(
    <ChatPane
      ref={composer}
      openFileIds={openFileIds}
      cursor={cursor}
      onReveal={revealHunk}
      onCompare={compare}
      follow={follow}
      setFollow={setFollow}
    />,
  )
  const places = { side: sidePanel.place, center: center.place, chat: chat.place }

  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-bg-0" {...fileDropGuard}>
      <TopBar
        run={run}
        renaming={renaming}
        onRenaming={setRenaming}
        {...(narrow ? {} : { panels: { sideOpen: layout.sideOpen, chatOpen: layout.chatOpen } })}
      />
      <ConnectionBanner />
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
        onGoToLine={run.goToLine}
        onProblem={showProblem}
        onNextUnseen={revealNextUnseen}
      />
      {palette && (
        <Palette mode={palette} run={run} onOpenFile={(fileId) => show(fileId, true)} onClose={() => setPalette(undefined)} />
      )}
      <ShortcutsDialog open={shortcutsOpen} onOpenChange={setShortcutsOpen} />
    </div>
  )
}
