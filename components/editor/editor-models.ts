import type { ClientDocument } from '#session/client-document.ts'
import type { ClientDocuments } from '#session/client-documents.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { FileModel, type FileModelEvents } from './file-model.ts'

/** Unopened files get a model only where a language service can use it, and only up to here. */
const languageFiles = /\.(tsx?|mts|cts|jsx?|mjs|cjs|json|css|scss|less|html?)$/i
const mostUnopened = 500
const mostUnopenedLength = 5_000_000

/** One model per text file of the session, so that language services see the session as a whole. */
export class EditorModels {
  private readonly models = new Map<string, FileModel>()
  private readonly paths = new Map<string, string>()
  /** By own turns, in files that have no model yet. */
  private readonly written = new Map<string, string[]>()
  private readonly documents: ClientDocuments
  private readonly events: FileModelEvents
  private followed = new Map<string, ClientDocument>()
  private readonly listeners = new Set<() => void>()
  private readonly stopDocuments: () => void

  constructor(documents: ClientDocuments, events: Omit<FileModelEvents, 'onTypedUnbound'>) {
    this.documents = documents
    this.events = { ...events, onTypedUnbound: (fileId) => void documents.open(fileId) }
    this.stopDocuments = documents.subscribe(() => this.followDocuments())
  }

  /** Told when a file has another model than before, or none. Returns its undo. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get(fileId: string): FileModel | undefined {
    return this.models.get(fileId)
  }

  all(): FileModel[] {
    return [...this.models.values()]
  }

  fileIdOf(path: string): string | undefined {
    return this.all().find((file) => file.path === path)?.fileId
  }

  /** Brings the models in line with the tree. */
  setFiles(files: readonly FileNode[]) {
    this.paths.clear()
    for (const file of files) if (file.kind === 'text') this.paths.set(file.fileId, file.path)
    for (const file of this.all()) if (!this.paths.has(file.fileId)) this.remove(file)
    this.move()
    this.followDocuments()
  }

  /** Gives the unopened files their last stored text; again after a reconnect, since nobody told of changes meanwhile. */
  setTexts(texts: readonly { fileId: string; text: string }[]) {
    let length = 0
    let count = 0
    for (const { fileId, text } of texts) {
      const path = this.paths.get(fileId)
      if (path === undefined || !languageFiles.test(path)) continue
      this.models.get(fileId)?.refresh(text)
      if (this.models.has(fileId)) continue
      length += text.length
      count += 1
      if (count > mostUnopened || length > mostUnopenedLength) break
      this.add(fileId, path, text)
    }
  }

  /** The model to show for a file; opens its document. */
  open(fileId: string): FileModel | undefined {
    const path = this.paths.get(fileId)
    if (path === undefined) return undefined
    const file = this.models.get(fileId) ?? this.add(fileId, path, '')
    this.documents.open(fileId)
    return file
  }

  /** One of the person's own turns has written in a file. */
  wrote(fileId: string, turnId: string) {
    const file = this.models.get(fileId)
    if (file !== undefined) file.wrote(turnId)
    else this.written.set(fileId, [...(this.written.get(fileId) ?? []), turnId])
  }

  close() {
    this.stopDocuments()
    this.listeners.clear()
    for (const file of this.all()) file.dispose()
    this.models.clear()
  }

  private add(fileId: string, path: string, text: string): FileModel {
    const file = new FileModel({ fileId, path }, text, this.events)
    this.models.set(fileId, file)
    for (const turnId of this.written.get(fileId) ?? []) file.wrote(turnId)
    this.written.delete(fileId)
    return file
  }

  private remove(file: FileModel) {
    this.models.delete(file.fileId)
    this.changed()
    file.dispose()
  }

  /** All at once: where files change places, the new model of one takes the address of another's old one and disposes it. */
  private move() {
    const moving = this.all().flatMap((file) => {
      const path = this.paths.get(file.fileId)
      return path === undefined || path === file.path ? [] : [{ file, path, shown: file.model.getValue() }]
    })
    if (moving.length === 0) return
    const old = moving.map(({ file, path, shown }) => file.moveTo(path, shown))
    this.changed()
    for (const model of old) if (!model.isDisposed()) model.dispose()
  }

  /** Binds the model of every document that is open, also of those that were opened in the background. */
  private followDocuments() {
    const held = new Map(this.documents.all().map((document) => [document.fileId, document]))
    for (const [fileId, document] of this.followed) {
      if (held.get(fileId) !== document) this.models.get(fileId)?.unbind()
    }
    this.followed = held
    for (const fileId of held.keys()) this.bind(fileId)
  }

  private bind(fileId: string) {
    const document = this.documents.get(fileId)
    const path = this.paths.get(fileId)
    if (document?.status.state !== 'open' || path === undefined) return
    const file = this.models.get(fileId) ?? this.add(fileId, path, '')
    if (file.document === document) return
    file.bind(document)
    this.changed()
  }

  private changed() {
    for (const listener of this.listeners) listener()
  }
}
