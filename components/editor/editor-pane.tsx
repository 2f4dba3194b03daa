'use client'

import { Editor } from '@monaco-editor/react'
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react'
import { useDocuments, useOwnPresence, usePeopleFeed, useSession, useSessionStore } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import './editor.css'
import { EditorCore } from './editor-core.ts'
import { editorOptions } from './editor-options.ts'
import type { EditorAreaProps } from './editor-props.ts'
import { themeNames } from './editor-themes.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import type { InlineEditHandle } from './inline-edit-form.tsx'
import { inlineEditCommands } from './inline-edit-commands.ts'
import { InlineEdit } from './inline-edit.tsx'
import { loadTexts } from './load-texts.ts'
import { FollowNotice } from './follow-notice.tsx'
import { FileChangeBanner } from './file-change-banner.tsx'
import { monaco } from './monaco.ts'
import { ReadOnlyNotice } from './read-only-notice.tsx'
import { wordReadOnly } from './read-only-wording.ts'
import { ReviewBar } from './review-bar.tsx'
import { isOfFile } from './review-order.ts'
import { useInlineEdit } from './use-inline-edit.ts'
import { useReadOnly } from './use-read-only.ts'
import { useReview } from './use-review.ts'
import { ThreadZones } from './thread-zones.tsx'
import { useThreadMarks } from './use-thread-marks.ts'
import { useTurnUndo } from './use-turn-undo.ts'
import { watchProblems } from './watch-problems.ts'

/** The editor in the browser: one Monaco whose models, drawing and following belong to an `EditorCore`. */
export function EditorPane({
  fileId,
  theme,
  follow,
  enteredFrom,
  onFollowBroken,
  onCursor,
  onHunksInSight,
  onOpenFile,
  onFollowedTo,
  wordFailure,
  threads,
  ref,
}: EditorAreaProps) {
  const documents = useDocuments()
  const store = useSessionStore()
  const people = usePeopleFeed()
  const own = useOwnPresence()
  const sessionId = useSession((state) => state.session?.sessionId)
  const onlineSince = useSession(({ connection }) => (connection.status === 'online' ? connection.since : undefined))
  const [editor, setEditor] = useState<CodeEditor | null>(null)
  const [core, setCore] = useState<EditorCore | null>(null)
  const [atCursor, setAtCursor] = useState<string | null>(null)
  const readOnly = useReadOnly(fileId)
  const inlineEdit = useInlineEdit({ editor, fileId, readOnly })
  const inlinePrompt = useRef<InlineEditHandle>(null)
  const marks = useThreadMarks({ editor, fileId, shownThreadId: threads.shownThreadId, onShowThread: threads.onShow })
  const review = useReview({ core, fileId, atCursor, onOpenFile })

  const decideHunk = useEffectEvent((hunkId: string, decision: 'accept' | 'reject') => review.decide(hunkId, decision))
  const tellCursor = useEffectEvent(onCursor)
  const tellInSight = useEffectEvent(onHunksInSight)
  const breakFollowing = useEffectEvent(onFollowBroken)
  const openFile = useEffectEvent(onOpenFile)
  const followTo = useEffectEvent(onFollowedTo)
  const decideAtCursor = useEffectEvent(review.decideAtCursor)
  const leaveFile = useEffectEvent(review.leaveFile)
  const go = useEffectEvent(review.go)
  const undoTurn = useEffectEvent(useTurnUndo())

  useEffect(() => {
    if (editor === null) return
    const created = new EditorCore({
      editor,
      documents,
      people,
      own,
      store,
      decide: (hunkId, decision) => decideHunk(hunkId, decision),
      onCursor: (place) => tellCursor(place),
      onFollowBroken: () => breakFollowing(),
      onOpenFile: (wanted) => openFile(wanted),
      onFollowedTo: (wanted) => followTo(wanted),
      onCurrentHunk: setAtCursor,
      onCursorMoved: () => leaveFile(),
      onHunksInSight: (hunkIds) => tellInSight(hunkIds),
      onTurnUndo: (way, changed, turnId) => void undoTurn(way, changed, turnId),
      onTooLong: () =>
        toast.error('That would make the file too long', {
          description: 'A file holds at most 5 million characters. The edit was taken back; the file is as it was.',
        }),
    })
    const stopProblems = watchProblems()
    const commands = reviewCommands(editor, { decide: (decision) => decideAtCursor(decision), go: (step) => go(step) })
    // oxlint-disable-next-line react/set-state-in-effect -- what lives outside React is made and closed by this effect
    setCore(created)
    return () => {
      setCore(null)
      for (const command of commands) command.dispose()
      stopProblems()
      created.close()
    }
  }, [editor, documents, people, own, store])

  const startInlineEdit = () => (inlinePrompt.current === null ? inlineEdit.start() : inlinePrompt.current.focus())
  const startFromKeys = useEffectEvent(startInlineEdit)
  const isPrompting = inlineEdit.subject !== null
  useEffect(() => {
    if (editor === null) return
    return inlineEditCommands(editor, {
      isPrompting,
      start: () => startFromKeys(),
      escape: () => inlinePrompt.current?.escape(),
    })
  }, [editor, isPrompting])

  useEffect(() => core?.show(fileId), [core, fileId])
  const canType = core !== null && readOnly === null
  useEffect(() => {
    if (!canType || enteredFrom === null) return
    if ([enteredFrom, document.body].includes(document.activeElement ?? document.body)) editor?.focus()
  }, [canType, enteredFrom, editor])
  useEffect(() => core?.setFollowing(follow), [core, follow])
  const reviewed = review.current?.hunkId ?? null
  const isAtFile = review.current?.fileId === fileId && review.current !== undefined && isOfFile(review.current)
  useEffect(() => core?.review(reviewed, isAtFile), [core, reviewed, isAtFile])
  useEffect(() => {
    if (core === null || sessionId === undefined || onlineSince === undefined) return
    return loadTexts(sessionId, (texts) => core.models.setTexts(texts))
  }, [core, sessionId, onlineSince])
  useEffect(() => {
    const wording = readOnly === null ? null : wordReadOnly(readOnly)
    editor?.updateOptions({
      readOnly: readOnly !== null,
      readOnlyMessage: { value: wording?.title ?? 'This file is still being opened' },
    })
  }, [editor, readOnly])

  useImperativeHandle(ref, () => ({
    focus: () => editor?.focus(),
    reveal: (line, column) => core?.reveal(line, column),
    point: (fromLine, toLine) => core?.point(fromLine, toLine),
    run: (actionId) => void editor?.getAction(actionId)?.run(),
    inlineEdit: startInlineEdit,
    comment: marks.commentOnSelection,
    acceptHunk: () => review.decideCurrent('accept'),
    rejectHunk: () => review.decideCurrent('reject'),
    acceptFile: () => review.decideFile('accept'),
    rejectFile: () => review.decideFile('reject'),
    decideTurn: review.decideTurn,
    undoReject: () => review.rejected?.undo(),
    acceptAll: review.acceptAll,
    nextHunk: () => review.go(1),
    previousHunk: () => review.go(-1),
  }))

  return (
    <div className="absolute inset-0 flex flex-col">
      {fileId !== null && readOnly !== null && <ReadOnlyNotice fileId={fileId} readOnly={readOnly} />}
      {fileId !== null && <FileChangeBanner fileId={fileId} decide={review.decide} />}
      <div className="relative min-h-0 flex-1">
        <Editor
          // Models are the core's; this one only stands in until there is one.
          path="inmemory://flint/none"
          keepCurrentModel
          saveViewState={false}
          theme={themeNames[theme]}
          options={editorOptions}
          loading={<span className="sr-only">Loading the editor</span>}
          onMount={(mounted) => {
            setEditor(mounted)
            void document.fonts.ready.then(() => monaco.editor.remeasureFonts())
          }}
        />
        {editor !== null && inlineEdit.subject !== null && (
          <InlineEdit
            key={inlineEdit.subject.key}
            editor={editor}
            subject={inlineEdit.subject}
            wordFailure={wordFailure}
            onMove={inlineEdit.move}
            onClose={inlineEdit.close}
            ref={inlinePrompt}
          />
        )}
        <FollowNotice target={follow} onStop={onFollowBroken} />
        {editor !== null && <ThreadZones editor={editor} marks={marks} threads={threads} />}
        <ReviewBar review={review} />
      </div>
    </div>
  )
}

/** The review keys, and the same commands in Monaco's own menus. Accept and reject only while the cursor stands in a change. */
function reviewCommands(editor: CodeEditor, review: { decide(decision: 'accept' | 'reject'): void; go(step: 1 | -1): void }) {
  const { KeyCode, KeyMod } = monaco
  return [
    editor.addAction({
      id: 'flint.acceptHunk',
      label: 'Accept this hunk',
      keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
      precondition: 'flintInHunk',
      run: () => review.decide('accept'),
    }),
    editor.addAction({
      id: 'flint.rejectHunk',
      label: 'Reject this hunk',
      keybindings: [KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.Backspace],
      precondition: 'flintInHunk',
      run: () => review.decide('reject'),
    }),
    editor.addAction({
      id: 'flint.nextHunk',
      label: 'Next hunk',
      keybindings: [KeyMod.Alt | KeyCode.F5],
      run: () => review.go(1),
    }),
    editor.addAction({
      id: 'flint.previousHunk',
      label: 'Previous hunk',
      keybindings: [KeyMod.Alt | KeyMod.Shift | KeyCode.F5],
      run: () => review.go(-1),
    }),
  ]
}
