import * as Y from 'yjs'
import type { ClientDocument } from '#session/client-document.ts'
import { putBackOrigin } from '#session/outbox/put-back.ts'
import { limits } from '#protocol/limits.ts'
import { composeDeltas } from './compose-deltas.ts'
import { monaco } from './monaco.ts'
import { rebaseEdits } from './rebase-edits.ts'
import { editsOfDelta, withLineFeeds, type TextDelta, type TextEdit } from './text-edits.ts'
import { UndoRouter } from './undo-router.ts'
import { YjsBinding } from './yjs-binding.ts'

export type TextModel = ReturnType<typeof monaco.editor.createModel>
type OpenDocument = Pick<ClientDocument, 'text'>

/** Typing that pauses no longer than this is taken back in one step. */
const undoGroupMs = 500

export type FileModelEvents = {
  /** An edit was taken back because the text would have become longer than `limits.documentLength`. */
  onTooLong(fileId: string): void
  mayWrite(): boolean
  /** The model was changed here although its document is not open yet (a rename of a symbol reaches every file). */
  onTypedUnbound(fileId: string): void
  /** Undo or redo changed the text; the place of its last change. */
  onUndone(fileId: string, edit: TextEdit): void
  /** What one's own turns did to a file is part of its history too. */
  turns: {
    canUndo(fileId: string, turnId: string): boolean
    canRedo(fileId: string, turnId: string): boolean
    undo(fileId: string, turnId: string): void
    redo(fileId: string, turnId: string): void
  }
}

/**
 * A file's Monaco model. It shows the last stored text until the file's document is open, and is bound to it from then on. A new path
 * makes a new model, because a model cannot change its address, and the language services know files by it.
 */
export class FileModel {
  readonly fileId: string
  path: string
  model: TextModel
  document: OpenDocument | undefined
  private readonly events: FileModelEvents
  private readonly origin = {}
  private binding: YjsBinding | undefined
  private undoManager: Y.UndoManager | undefined
  private readonly undoRouter = new UndoRouter()
  /** An undo or redo of typing is under way. */
  private isRouting = false
  /** The stored text that the model began with, and what was changed here since. */
  private unbound: { base: string; typed: TextDelta }
  private watch: { dispose(): void } | undefined

  constructor(file: { fileId: string; path: string }, text: string, events: FileModelEvents) {
    this.fileId = file.fileId
    this.path = file.path
    this.events = events
    this.model = createModel(file.path, text)
    this.unbound = { base: this.model.getValue(), typed: [] }
    this.watchUnbound()
  }

  /** The document is open: from now on model and document are one text. */
  bind(document: OpenDocument) {
    if (this.document === document) return
    this.unbind()
    this.document = document
    this.undoManager = new Y.UndoManager(document.text, {
      trackedOrigins: new Set([this.origin, putBackOrigin]),
      captureTimeout: undoGroupMs,
    })
    this.undoManager.on('stack-item-added', ({ type }: { type: 'undo' | 'redo' }) => {
      // Redoing adds to the same stack; the router knows of that step already.
      if (type === 'undo' && !this.isRouting) this.undoRouter.typed()
    })
    this.writeUnbound(document.text)
    // Nothing was shown yet: as an edit the whole text would push a cursor at its beginning to its end.
    if (this.model.getValueLength() === 0) this.model.setValue(withLineFeeds(document.text.toString()))
    this.connect(document)
  }

  /** The document is gone (discarded, or the file was deleted). */
  unbind() {
    this.watch?.dispose()
    this.binding?.dispose()
    this.binding = undefined
    this.undoManager?.destroy()
    this.undoManager = undefined
    this.document = undefined
  }

  /** Moves to another path; `shown` is what the old model says. The caller disposes that one once nothing shows it. */
  moveTo(path: string, shown: string): TextModel {
    const old = this.model
    this.watch?.dispose()
    this.binding?.dispose()
    this.path = path
    this.model = createModel(path, this.document?.text.toString() ?? shown)
    if (this.document === undefined) this.watchUnbound()
    else this.connect(this.document)
    return old
  }

  /** A newer stored text; of no use once the document is open, or something was changed here. */
  refresh(text: string) {
    if (this.document !== undefined || this.unbound.typed.length > 0 || this.unbound.base === withLineFeeds(text)) return
    this.watch?.dispose()
    this.model.setValue(withLineFeeds(text))
    this.unbound.base = this.model.getValue()
    this.watchUnbound()
  }

  /** The page can be seen again. */
  catchUp() {
    this.binding?.catchUp()
  }

  /** One of the person's own turns has written here. */
  wrote(turnId: string) {
    this.undoRouter.wrote(turnId)
  }

  /** The next edit starts a new undo step. */
  endUndoGroup() {
    this.undoManager?.stopCapturing()
  }

  dispose() {
    this.unbind()
    this.model.dispose()
  }

  private connect(document: OpenDocument) {
    const { undoManager, fileId, events } = this
    this.watch?.dispose()
    this.binding = new YjsBinding({
      text: document.text,
      model: this.model,
      origin: this.origin,
      maxLength: limits.documentLength,
      onTooLong: () => events.onTooLong(fileId),
      mayWrite: events.mayWrite,
      isVisible: () => !globalThis.document.hidden,
      onRemoteChange: (transaction, last) => {
        if (transaction.origin === undoManager) events.onUndone(fileId, last)
      },
    })
    this.routeUndo(this.model)
  }

  /** The document may have moved on since its text was stored; what other people wrote there stays. */
  private writeUnbound(text: Y.Text) {
    const { base, typed } = this.unbound
    this.unbound = { base: '', typed: [] }
    const edits = editsOfDelta(typed)
    if (edits.length === 0) return
    text.doc?.transact(() => {
      for (const edit of rebaseEdits(edits, base, text.toString()).toReversed()) {
        text.delete(edit.offset, edit.length)
        text.insert(edit.offset, edit.text)
      }
    }, this.origin)
  }

  private watchUnbound() {
    this.watch = this.model.onDidChangeContent(({ changes }) => {
      for (const { rangeOffset, rangeLength, text } of changes) {
        const change = [{ retain: rangeOffset }, { delete: rangeLength }, { insert: text }]
        this.unbound.typed = composeDeltas(this.unbound.typed, change)
      }
      this.events.onTypedUnbound(this.fileId)
    })
    this.routeUndo(this.model)
  }

  /** Monaco's own undo stack knows nothing of other people's edits and would corrupt the text: command and menu end up here instead. */
  private routeUndo(model: TextModel) {
    const own = model as TextModel & Record<'canUndo' | 'canRedo', () => boolean>
    const { turns } = this.events
    const canUndo = (turnId: string) => turns.canUndo(this.fileId, turnId)
    const canRedo = (turnId: string) => turns.canRedo(this.fileId, turnId)
    own.undo = () => {
      const step = this.undoRouter.undo(canUndo)
      if (step?.kind === 'turn') turns.undo(this.fileId, step.turnId)
      else if (step?.kind === 'typing') this.route(() => this.undoManager?.undo())
    }
    own.redo = () => {
      const step = this.undoRouter.redo(canRedo)
      if (step?.kind === 'turn') turns.redo(this.fileId, step.turnId)
      else if (step?.kind === 'typing') this.route(() => this.undoManager?.redo())
    }
    own.canUndo = () => this.undoRouter.canUndo(canUndo)
    own.canRedo = () => this.undoRouter.canRedo(canRedo)
  }

  private route(act: () => void) {
    this.isRouting = true
    try {
      act()
    } finally {
      this.isRouting = false
    }
  }
}

function createModel(path: string, text: string): TextModel {
  const uri = monaco.Uri.from({ scheme: 'file', path: `/${path}` })
  monaco.editor.getModel(uri)?.dispose()
  const model = monaco.editor.createModel(withLineFeeds(text), undefined, uri)
  model.setEOL(monaco.editor.EndOfLineSequence.LF)
  const indent = /^(\t| {2,8})\S/m.exec(text)?.[1]
  model.updateOptions({
    insertSpaces: indent !== '\t',
    tabSize: indent === undefined || indent === '\t' ? defaultTabSize(path) : indent.length,
    trimAutoWhitespace: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  })
  return model
}

function defaultTabSize(path: string): number {
  return /\.(py|go|rs|java|c|cc|cpp|h|hpp|cs|php)$/.test(path) ? 4 : 2
}
