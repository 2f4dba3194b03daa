'use client'

import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useDocuments } from '#session/session-provider.tsx'
import { CompareThreads, type CompareThreadsHandle } from './compare-threads.tsx'
import type { CompareAreaProps } from './compare-props.ts'
import { compareOptions, sideNames } from './editor-options.ts'
import type { TextModel } from './file-model.ts'
import { monaco } from './monaco.ts'

type DiffEditor = ReturnType<typeof monaco.editor.createDiffEditor>

/** The file as it is now; a worker compares it while it is shown. */
type RightSide = { model: TextModel; isCompared: boolean }

/**
 * Monaco's comparison of a frozen text with a file's live model, which the editor beneath keeps bound to the document. Both sides are
 * read-only.
 */
export function ComparePane({ fileId, path, before, gone, inline, threads, ref }: CompareAreaProps) {
  const documents = useDocuments()
  const host = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<DiffEditor | null>(null)
  const [right, setRight] = useState<RightSide | null>(null)
  const commenting = useRef<CompareThreadsHandle>(null)
  const live = useLiveModel(path)

  // With the names again: Monaco empties those that are not among the changed options.
  useEffect(() => editor?.updateOptions({ renderSideBySide: !inline, ...sideNames }), [editor, inline])

  // Opening the document binds the live model to it.
  useEffect(() => void (gone || documents.open(fileId)), [documents, fileId, gone])

  useEffect(() => {
    // After a change of the file the live model is still that of the other one for a moment.
    if (editor === null || (!gone && live?.uri.path !== `/${path}`)) return
    const original = frozenModel(path, before)
    const nothing = gone ? frozenModel(path, '') : null
    const modified = nothing ?? live
    if (modified === null) return
    original.updateOptions({ tabSize: modified.getOptions().tabSize })
    const viewModel = editor.createViewModel({ original, modified })
    // Monaco would stop comparing only after the models are gone, and take that for a failure.
    const letGo = () => {
      editor.setModel(null)
      viewModel.dispose()
    }
    // A rename makes another model. Registered before Monaco's own watch, which takes a model that goes under it for a bug.
    const watch = modified.onWillDispose(letGo)
    editor.setModel(viewModel)
    // oxlint-disable-next-line react/set-state-in-effect -- what lives outside React is filled and emptied by this effect
    setRight({ model: modified, isCompared: false })
    let shown = false
    const toFirst = editor.onDidUpdateDiff(() => {
      if (shown) return
      shown = true
      if (commenting.current?.isCommenting() !== true) editor.revealFirstDiff()
      setRight({ model: modified, isCompared: true })
    })
    return () => {
      toFirst.dispose()
      setRight(null)
      watch.dispose()
      letGo()
      original.dispose()
      nothing?.dispose()
    }
  }, [editor, live, path, before, gone])

  // After the effects that use it: their cleanups need it alive.
  useEffect(() => {
    if (host.current === null) return
    const created = monaco.editor.createDiffEditor(host.current, compareOptions)
    // oxlint-disable-next-line react/set-state-in-effect -- what lives outside React is made and closed by this effect
    setEditor(created)
    return () => {
      setEditor(null)
      created.dispose()
    }
  }, [])

  useImperativeHandle(ref, () => ({
    next: () => editor?.goToDiff('next'),
    previous: () => editor?.goToDiff('previous'),
    comment: () => commenting.current?.comment(),
  }))

  return (
    <>
      <div ref={host} className="absolute inset-0" />
      {editor !== null && right !== null && !gone && (
        <CompareThreads
          key={right.model.id}
          ref={commenting}
          editor={editor.getModifiedEditor()}
          fileId={fileId}
          isCompared={right.isCompared}
          threads={threads}
        />
      )}
    </>
  )
}

/** The model that the session's editor has for a path: another one after a rename, and none until the file is read. */
function useLiveModel(path: string): TextModel | null {
  const [model, setModel] = useState<TextModel | null>(null)
  useEffect(() => {
    const uri = monaco.Uri.from({ scheme: 'file', path: `/${path}` })
    const look = () => setModel(monaco.editor.getModel(uri))
    look()
    const stops = [
      monaco.editor.onDidCreateModel(look),
      monaco.editor.onWillDisposeModel((gone) => {
        if (gone.uri.toString() === uri.toString()) setModel(null)
      }),
    ]
    return () => {
      for (const stop of stops) stop.dispose()
    }
  }, [path])
  return model
}

let frozen = 0

/** Coloured like the file, under an address that no language service takes for a file of the session. */
function frozenModel(path: string, text: string): TextModel {
  frozen += 1
  const uri = monaco.Uri.from({ scheme: 'flint-before', path: `/${frozen}` })
  const model = monaco.editor.createModel(text, languageOf(path), uri)
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } })
  return model
}

function languageOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return monaco.languages
    .getLanguages()
    .find(({ extensions = [], filenames = [] }) => filenames.includes(name) || extensions.some((end) => name.endsWith(end)))?.id
}
