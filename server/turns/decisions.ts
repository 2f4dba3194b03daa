import { DocumentFailure, type Documents, type Replica } from '#documents/documents.ts'
import { isProposal, type Hunk, type HunkEvent } from '#protocol/hunks.ts'
import { SessionFailure, type Sessions } from '#sessions/sessions.ts'
import type { Store, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import type { DocumentLines } from './document-lines.ts'
import { holdsForeignText } from './reversal.ts'
import { discardCreatedFile, publicHunk, takeBack } from './roll-back.ts'

export type Decision = {
  sessionId: string
  participantId: string
  hunkIds: readonly string[]
  decision: 'accept' | 'reject' | 'revert' | 'redo'
}

type Decided = { decided: string[]; skipped: string[] }

/** Accepts and rejects hunks from their stored records alone: while the turn streams, after it, and after a restart. */
export class Decisions {
  readonly #store: Store
  readonly #documents: Documents
  readonly #sessions: Sessions
  readonly #onHunks: (sessionId: string, hunkEvents: HunkEvent[]) => void
  readonly #lines: DocumentLines

  constructor(options: {
    store: Store
    documents: Documents
    sessions: Sessions
    lines: DocumentLines
    onHunks: (sessionId: string, hunkEvents: HunkEvent[]) => void
  }) {
    this.#lines = options.lines
    this.#store = options.store
    this.#documents = options.documents
    this.#sessions = options.sessions
    this.#onHunks = options.onHunks
  }

  /** One transaction per document. What is no longer open, or cannot be decided that way, is skipped. */
  async decide(decision: Decision): Promise<Decided> {
    // Taking one hunk back twice would restore its text twice.
    const wanted = [...new Set(decision.hunkIds)]
    const hunks = await this.#store.hunksById(wanted)
    const files = new Map<string | null, string[]>()
    for (const { hunkId, fileId, sessionId } of hunks) {
      if (sessionId === decision.sessionId) files.set(fileId, [...(files.get(fileId) ?? []), hunkId])
    }
    const parts = await Promise.all(
      [...files].map(([fileId, hunkIds]) =>
        this.#lines.run(fileId ?? decision.sessionId, () => this.#decideFile(fileId, { ...decision, hunkIds })),
      ),
    )
    const decided = new Set(parts.flat())
    return { decided: [...decided], skipped: wanted.filter((hunkId) => !decided.has(hunkId)) }
  }

  async #decideFile(fileId: string | null, decision: Decision): Promise<string[]> {
    const hunks = (await this.#store.hunksById([...decision.hunkIds])).filter((hunk) => isDecidable(hunk, decision.decision))
    if (hunks.length === 0) return []
    const decided = {
      state: decision.decision === 'accept' ? 'accepted' : 'rejected',
      decidedBy: decision.participantId,
    } as const
    if (fileId === null) return this.#record(decision.sessionId, hunks, decided)
    try {
      const author = { kind: 'participant', participantId: decision.participantId } as const
      const replica = await this.#documents.replica(fileId, author)
      try {
        if (decision.decision === 'accept') return await this.#accept(replica, decision.sessionId, hunks, decided)
        return await this.#reject(replica, decision.sessionId, hunks, decided)
      } finally {
        replica.close()
      }
    } catch (error) {
      if (!(error instanceof DocumentFailure) || error.code !== 'not_found') throw error
      return this.#record(decision.sessionId, hunks, decided)
    }
  }

  /** For hunks without a document: there is no text to change. */
  async #record(sessionId: string, hunks: readonly StoredHunk[], change: Partial<Hunk>): Promise<string[]> {
    const events = changedEvents(hunks, change)
    await this.#store.saveHunks(sessionId, events)
    this.#onHunks(
      sessionId,
      events.map(({ event }) => event),
    )
    return hunks.map(({ hunkId }) => hunkId)
  }

  async #accept(replica: Replica, sessionId: string, hunks: readonly StoredHunk[], change: Partial<Hunk>): Promise<string[]> {
    await replica.commit(undefined, () => changedEvents(hunks, change))
    if (hunks.some(({ kind }) => kind === 'create')) {
      await this.#sessions.confirmFile(sessionId, replica.fileId).catch((error: unknown) => {
        if (!(error instanceof SessionFailure) || error.code !== 'not_found') throw error
      })
    }
    return hunks.map(({ hunkId }) => hunkId)
  }

  async #reject(replica: Replica, sessionId: string, hunks: readonly StoredHunk[], change: Partial<Hunk>): Promise<string[]> {
    const ofFile = await this.#store.hunksOfFile(sessionId, replica.fileId)
    const takesFile = hunks.some(({ kind, state }) => kind === 'create' && state === 'settled')
    // With the file goes everything that only the assistant wrote in it.
    const all = takesFile && !holdsForeignText(replica.text, ofFile) ? union(hunks, ofFile.filter(isSettled)) : hunks
    let given: StoredHunkEvent[] = []
    await replica.commit(
      () => (given = takeBack(replica, all.filter(isSettled), ofFile)),
      () => [...given, ...changedEvents(all, change)],
    )
    if (takesFile) await discardCreatedFile({ sessions: this.#sessions, sessionId }, replica, ofFile)
    return hunks.map(({ hunkId }) => hunkId)
  }
}

function isDecidable(hunk: StoredHunk, decision: Decision['decision']): boolean {
  return isSettled(hunk) || (decision === 'reject' && isProposal(hunk))
}

function isSettled({ state }: StoredHunk): boolean {
  return state === 'settled'
}

function union(hunks: readonly StoredHunk[], more: readonly StoredHunk[]): StoredHunk[] {
  const known = new Set(hunks.map(({ hunkId }) => hunkId))
  return [...hunks, ...more.filter(({ hunkId }) => !known.has(hunkId))]
}

function changedEvents(hunks: readonly StoredHunk[], change: Partial<Hunk>): StoredHunkEvent[] {
  return hunks.map((hunk) => ({ event: { type: 'changed', hunk: { ...publicHunk(hunk), ...change } } }))
}
