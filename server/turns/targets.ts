import { isFileGone, type Documents } from '#documents/documents.ts'
import type { HunkReason } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { SessionFailure, type Sessions } from '#sessions/sessions.ts'
import { pathsBeside } from './beside-path.ts'
import { TouchedDocument } from './touched-document.ts'

/** What a path of the answer leads to. `missing`: no file yet; `none`: nothing that text can be written to. */
export type Target =
  | { kind: 'document'; document: TouchedDocument }
  | { kind: 'missing' }
  | { kind: 'none'; reason: HunkReason }

/** What the model was shown when the prompt was sent. */
export type Basis = { files: readonly FileNode[]; texts: ReadonlyMap<string, string> }

/** A file's text before the turn, by file id; undefined where it had none. */
export type TextBefore = (fileId: string) => Promise<string | undefined>

/**
 * The files that a turn touches, each opened or created once, by path. Paths are those of the turn's own tree: a rename or deletion that
 * is only pending in the session has already happened here.
 */
export class Targets {
  readonly #sessions: Sessions
  readonly #documents: Documents
  readonly #turn: { turnId: string; sessionId: string }
  readonly #basis: Basis
  readonly #textBefore: TextBefore
  readonly #targets = new Map<string, Target | 'opening'>()
  readonly #removed = new Map<string, TouchedDocument>()
  /** Paths from which the answer has renamed files, which stand there until somebody accepts that. */
  readonly #vacated = new Set<string>()
  readonly #open = new Set<TouchedDocument>()
  readonly #pending = new Set<Promise<void>>()
  #failure: unknown

  constructor(options: {
    sessions: Sessions
    documents: Documents
    turn: { turnId: string; sessionId: string }
    basis: Basis
    textBefore: TextBefore
  }) {
    this.#sessions = options.sessions
    this.#documents = options.documents
    this.#turn = options.turn
    this.#basis = options.basis
    this.#textBefore = options.textBefore
  }

  /** Undefined while it is being opened. */
  at(path: string): Target | undefined {
    const target = this.#targets.get(path)
    if (target === undefined) this.#resolve(path, () => this.#openFile(path))
    return target === 'opening' ? undefined : target
  }

  /**
   * Creates the missing file, marked as proposed by the turn, or beside its path where that is not free yet. A file whose deletion is only
   * pending is there again.
   */
  create(path: string): 'created' | 'restored' {
    const removed = this.#removed.get(path)
    if (removed === undefined) {
      this.#resolve(path, () => this.#create(path))
      return 'created'
    }
    this.#removed.delete(path)
    this.#targets.set(path, { kind: 'document', document: removed })
    return 'restored'
  }

  /** From now on the answer means this file by another path. */
  rename(path: string, newPath: string): void {
    const target = this.#targets.get(path)
    if (target === undefined) return
    this.#targets.set(path, { kind: 'missing' })
    this.#targets.set(newPath, target)
    this.#vacated.add(path)
  }

  /** From now on there is no such file for the answer. */
  remove(path: string): void {
    const target = this.#targets.get(path)
    if (target === undefined || target === 'opening' || target.kind !== 'document') return
    this.#removed.set(path, target.document)
    this.#targets.set(path, { kind: 'missing' })
  }

  /** The path leads to something else from now on: its file was deleted. */
  forget(path: string): void {
    const target = this.#targets.get(path)
    if (target === undefined || target === 'opening') return
    this.#targets.set(path, { kind: 'missing' })
    if (target.kind !== 'document') return
    this.#open.delete(target.document)
    target.document.close()
  }

  get documents(): TouchedDocument[] {
    return [...this.#open]
  }

  /** What is being opened or created. */
  get pending(): Iterable<Promise<void>> {
    return this.#pending
  }

  /** Broken infrastructure, which no proposal can stand for. */
  get failure(): unknown {
    return this.#failure
  }

  close(): void {
    for (const document of this.#open) document.close()
    this.#open.clear()
    this.#targets.clear()
  }

  #resolve(path: string, resolve: () => Promise<Target>): void {
    this.#targets.set(path, 'opening')
    const pending = resolve()
      .catch((error: unknown): Target => {
        this.#failure ??= error
        return { kind: 'none', reason: 'no_such_file' }
      })
      .then((target) => {
        this.#targets.set(path, target)
        this.#pending.delete(pending)
      })
    this.#pending.add(pending)
  }

  async #openFile(path: string): Promise<Target> {
    const known = this.#basis.files.find((file) => file.path === path)
    const file = known ?? (await this.#sessions.files(this.#turn.sessionId)).find((now) => now.path === path)
    if (file === undefined) return { kind: 'missing' }
    if (file.kind === 'binary') return { kind: 'none', reason: 'not_text' }
    return this.#document(file, false)
  }

  async #create(path: string): Promise<Target> {
    const { sessionId, turnId } = this.#turn
    const places = this.#vacated.has(path) ? [path, ...pathsBeside(path)] : [path]
    for (const place of places) {
      try {
        const file = await this.#sessions.createFile(sessionId, place, { proposedBy: turnId })
        const target = await this.#document(file, true)
        if (target.kind === 'document' && place !== path) target.document.beside = place
        return target
      } catch (error) {
        if (!(error instanceof SessionFailure) || error.code === 'unavailable') throw error
        if (error.code === 'path_taken' && place !== places.at(-1)) continue
        return { kind: 'none', reason: error.code === 'limit_reached' ? 'too_large' : 'refused_path' }
      }
    }
    return { kind: 'none', reason: 'refused_path' }
  }

  async #document(file: FileNode, created: boolean): Promise<Target> {
    try {
      const shown = this.#basis.texts.get(file.fileId)
      // A model that was not shown the file knows it from earlier turns: nearer to that than what people have made of it since.
      const before = shown ?? (created ? undefined : await this.#textBefore(file.fileId))
      const replica = await this.#documents.replica(file.fileId, { kind: 'assistant', turnId: this.#turn.turnId })
      const document = new TouchedDocument(replica, { text: before, wasShown: shown !== undefined }, created)
      this.#open.add(document)
      return { kind: 'document', document }
    } catch (error) {
      if (isFileGone(error)) return { kind: 'missing' }
      throw error
    }
  }
}
