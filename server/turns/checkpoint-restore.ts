import type { Reply } from '#protocol/commands.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { pairFiles, type FilePair } from '#sessions/file-pairs.ts'
import type { Checkpoint, StoredHunk } from '#store/store.ts'
import { restoreDocument, takenBack, type RestoreRooms } from './checkpoint-document.ts'
import { Comparison } from './checkpoint-pairs.ts'
import { addAgain, pathBeforeRenames, renameAll } from './checkpoint-tree.ts'
import { isCreation } from './created-files.ts'
import { isFileOperation, record } from './decision.ts'
import { changedEvent } from './roll-back.ts'

type Pair = FilePair<Checkpoint['files'][number]>
type Kept = Reply<'checkpoint.restore'>['kept'][number]

/** Documents that are open at the same time. */
const documentsAtOnce = 50

/** Brings the files of a session back to a checkpoint: texts first, then what was renamed, then what is missing. */
export class FileRestore {
  readonly #rooms: RestoreRooms
  readonly #restorer: { sessionId: string; participantId: string }
  readonly #checkpoint: Checkpoint
  /** Hunks made since, oldest first; none that is being written. */
  readonly #since: readonly StoredHunk[]
  /** Files that a turn has created since, whatever became of the hunk. */
  readonly #created: ReadonlySet<string | null>
  readonly #restored = new Map<string, string>()
  readonly #kept = new Map<string, Kept>()
  /** Accepted renames and deletions that were undone, and what of them changed beside their state. */
  readonly #undone = new Map<string, Partial<Hunk>>()

  private constructor(options: {
    rooms: RestoreRooms
    restorer: { sessionId: string; participantId: string }
    checkpoint: Checkpoint
    since: readonly StoredHunk[]
    created: ReadonlySet<string | null>
  }) {
    this.#rooms = options.rooms
    this.#restorer = options.restorer
    this.#checkpoint = options.checkpoint
    this.#since = options.since
    this.#created = options.created
  }

  static async run(
    rooms: RestoreRooms,
    restorer: { sessionId: string; participantId: string },
    checkpoint: Checkpoint,
  ): Promise<Pick<Reply<'checkpoint.restore'>, 'restored' | 'kept'>> {
    const all = await rooms.store.hunksSince(restorer.sessionId, checkpoint.order)
    const since = all.filter((hunk) => takenBack(hunk, restorer.participantId) !== undefined)
    const created = new Set(all.filter(isCreation).map(({ fileId }) => fileId))
    const restore = new FileRestore({ rooms, restorer, checkpoint, since, created })
    await restore.#texts()
    await restore.#paths()
    await restore.#missing()
    await restore.#closeHunks()
    return {
      restored: [...restore.#restored.values()].toSorted(),
      kept: [...restore.#kept.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    }
  }

  async #pairs(): Promise<Pair[]> {
    return pairFiles(this.#checkpoint.files, await this.#rooms.store.files(this.#restorer.sessionId))
  }

  async #texts(): Promise<void> {
    const comparison = await Comparison.open(this.#rooms, this.#restorer.sessionId)
    const pairs = (await this.#pairs()).filter(({ now }) => now?.kind === 'text')
    for (let at = 0; at < pairs.length; at += documentsAtOnce) {
      await Promise.all(pairs.slice(at, at + documentsAtOnce).map((pair) => this.#text(pair, comparison)))
    }
  }

  async #text({ before, now }: Pair, comparison: Comparison): Promise<void> {
    if (now === undefined) return
    const since = new Set(this.#since.flatMap(({ fileId, hunkId }) => (fileId === now.fileId ? hunkId : [])))
    if (since.size === 0 && (before === undefined || (await comparison.isSame(before, now)))) return
    const text = before === undefined ? null : await comparison.textBefore(before)
    // The seqs of another document's log say nothing about this one's.
    const seq = before?.fileId === now.fileId ? before.seq : 0
    const outcome = await restoreDocument(this.#rooms, this.#restorer, now, {
      before: text === null ? undefined : { text, seq },
      since,
      isNew: before === undefined && this.#created.has(now.fileId),
    })
    if (outcome === undefined) return
    if (outcome.isChanged || outcome.isDeleted) this.#restored.set(now.fileId, now.path)
    if (outcome.isEdited) this.#kept.set(now.fileId, { path: now.path, why: 'edited_since' })
  }

  /** Takes back renames that were accepted; what a person has renamed keeps its path. */
  async #paths(): Promise<void> {
    const { sessions } = this.#rooms
    const moved: { fileId: string; to: string; file: FileNode; before: string | undefined; renames: StoredHunk[] }[] = []
    for (const { before, now } of await this.#pairs()) {
      if (now === undefined) continue
      const { path, renames } = pathBeforeRenames(now, this.#since)
      if (renames.length > 0) moved.push({ fileId: now.fileId, to: path, file: now, before: before?.path, renames })
      if (before !== undefined && path !== before.path) this.#keep(now.fileId, path, 'edited_since')
    }
    const { done, refused } = await renameAll(sessions, this.#restorer.sessionId, moved)
    for (const { fileId, to, renames } of done) {
      this.#restored.set(fileId, to)
      for (const { hunkId } of renames) this.#undone.set(hunkId, {})
      const kept = this.#kept.get(fileId)
      if (kept !== undefined) this.#keep(fileId, to, kept.why)
    }
    for (const { fileId, file } of refused) this.#keep(fileId, file.path, 'path_taken')
  }

  /** Creates again what was deleted, whoever deleted it. What is new and still here belongs to people. */
  async #missing(): Promise<void> {
    const { sessions, store } = this.#rooms
    for (const { before, now } of await this.#pairs()) {
      if (before === undefined && now !== undefined) this.#keep(now.fileId, now.path, 'edited_since')
      if (before === undefined || now !== undefined) continue
      const added = await addAgain(sessions, this.#restorer.sessionId, before, await store.blob(before.hash))
      if (typeof added === 'string') {
        this.#keep(before.fileId, before.path, added)
        continue
      }
      this.#restored.set(before.fileId, before.path)
      for (const { kind, fileId, hunkId } of this.#since) {
        if (kind === 'delete' && fileId === before.fileId) this.#undone.set(hunkId, { fileId: added.fileId })
      }
    }
  }

  /** Closes what no document was there for: proposals without a file, renames and deletions, and hunks of files that are gone. */
  async #closeHunks(): Promise<void> {
    const { store } = this.#rooms
    const { sessionId, participantId } = this.#restorer
    const files = new Set((await store.files(sessionId)).map(({ fileId }) => fileId))
    // Those of no file have the session's line, in which a restore stands already.
    const theirs = this.#since.flatMap(({ fileId }) => fileId ?? [])
    await this.#rooms.lines.runAll(theirs, async () => {
      const hunks = await store.hunksById(this.#since.map(({ hunkId }) => hunkId))
      const events = hunks.flatMap((hunk) => {
        const isGone = hunk.fileId === null || !files.has(hunk.fileId)
        const isDone = isFileOperation(hunk) && hunk.state === 'accepted'
        const isClosed = isDone
          ? this.#undone.has(hunk.hunkId) || (isGone && hunk.kind === 'rename')
          : isGone || isFileOperation(hunk)
        const becomes = isClosed ? takenBack(hunk, participantId)?.becomes : undefined
        return becomes === undefined ? [] : [changedEvent({ ...becomes, ...this.#undone.get(hunk.hunkId) })]
      })
      await record(this.#rooms, sessionId, events)
    })
  }

  #keep(fileId: string, path: string, why: Kept['why']): void {
    this.#kept.set(fileId, { path, why })
  }
}
