import { ModelFailure, type Model, type ModelEvent, type ModelRequest } from '#model/model.ts'
import type { ServerEvents } from '#protocol/events.ts'
import type { TurnFailure } from '#protocol/failures.ts'
import type { EditMeasurements, EndReason, Turn, TurnStatus } from '#protocol/turns.ts'
import type { Store, TurnRecord } from '#store/store.ts'
import { AnswerReader } from './answer-reader.ts'
import type { EditSession } from './edit-session.ts'
import { LogPersistence } from './log-persistence.ts'
import type { Log } from './log.ts'
import { measure } from './measurements.ts'
import { mendFailedBlocks, type Mending } from './mend-failed-blocks.ts'
import type { Timers } from './timers.ts'
import { TurnLog } from './turn-log.ts'
import type { Prepared } from './turn-request.ts'

/** Why a turn ends that was not left to end by itself. */
export type Interruption = Extract<EndReason, 'stopped' | 'redirected' | 'removed' | 'interrupted'>
type End = { reason: EndReason; failure?: TurnFailure }

export type RunningTurnOptions = {
  record: TurnRecord
  model: Model
  store: Store
  timers: Timers
  log: Log
  /** May reject once `signal` is aborted: the turn was ended early. */
  prepare: (signal: AbortSignal) => Promise<Prepared>
  openEdits: (basis: Prepared['basis']) => EditSession
  /** For edits that could not be finished: takes back what the store holds of them. */
  takeBackUnfinished: () => Promise<void>
  proposals: Mending['proposals']
  /** Something was appended: the first content of the answer (`true`), or more of it. */
  onContent: (isFirst: boolean) => void
  onStatus: (status: Exclude<TurnStatus, 'ended'>) => void
}

/** One turn from its place in the queue to its end, whoever watches. */
export class RunningTurn {
  readonly record: TurnRecord
  readonly answer: TurnLog
  readonly #options: RunningTurnOptions
  readonly #persistence: LogPersistence
  readonly #abort = new AbortController()
  #status: TurnStatus = 'queued'
  #interruption: Interruption | undefined
  /** Who stopped or removed it. */
  #stoppedBy: string | undefined
  #edits: EditSession | undefined
  /** What a tick threw; the turn then fails. */
  #bug: unknown
  #reader: AnswerReader | undefined
  /** Resolves when the state of the files before this turn is durable, or could not be stored. */
  #checkpoint: Promise<void> = Promise.resolve()
  #mayWrite = false
  /** Edits may be left half written. */
  #isUnclean = false

  constructor(options: RunningTurnOptions) {
    this.#options = options
    this.record = options.record
    this.answer = new TurnLog(options.record.turnId)
    this.#persistence = new LogPersistence(options.store, this.answer)
  }

  get status(): TurnStatus {
    return this.#status
  }

  /** As viewers see it now. */
  view(): Turn {
    const { sessionId: _sessionId, ...turn } = this.record
    return { ...turn, ...this.answer.content(), status: this.#status }
  }

  /** Ends the turn early. The first reason counts; an answer that has come to its end keeps its own. */
  interrupt(reason: Interruption, by?: string): void {
    if (this.#interruption === undefined) this.#stoppedBy = by
    this.#interruption ??= reason
    this.#abort.abort()
  }

  /** Writes edits and stores the log. Returns whether another tick is needed although nothing new arrives. */
  tick(nowMs: number): boolean {
    if (this.#bug !== undefined) return false
    try {
      const editsLeft = this.#mayWrite ? (this.#edits?.tick(nowMs) ?? false) : this.#edits !== undefined
      return this.#persistence.tick(nowMs) || editsLeft
    } catch (error) {
      // The tick belongs to all turns of all sessions: a bug in this one must not end them, or the process.
      this.#bug = error
      this.#abort.abort()
      return false
    }
  }

  /** Never rejects. When it resolves, the end is durable (unless the store failed) and in the log. */
  async run(): Promise<void> {
    const end = await this.#settle(await this.#stream())
    const facts = this.#reader?.facts.firstTokenAtMs === undefined ? undefined : this.#reader.facts
    const edits = this.#editMeasurements()
    const stoppedBy = end.reason === 'stopped' || end.reason === 'removed' ? this.#stoppedBy : undefined
    let told: Omit<ServerEvents['turn.ended'], 'turnId'> = {
      ...end,
      ...(stoppedBy !== undefined && { stoppedBy }),
      ...(facts !== undefined && { measurements: { ...measure(facts), ...(edits && { edits }) } }),
    }
    try {
      if (this.#isUnclean) await this.#options.takeBackUnfinished()
      await this.#storeEnd(told)
    } catch (error) {
      // The store still says that it runs: whoever comes later is told so, and the next start of the server cleans up after it.
      this.#logError(error, 'the end of a turn was not stored')
      told = { reason: 'interrupted' }
    }
    this.#status = 'ended'
    const { turnId, hasCheckpoint } = this.record
    this.answer.end({ turnId, ...told, ...(hasCheckpoint && { hasCheckpoint }) })
  }

  /** What fails is tried once more. */
  async #storeEnd(told: Omit<ServerEvents['turn.ended'], 'turnId'>): Promise<void> {
    const { turnId, startedAt } = this.record
    const store = () => this.#options.store.updateTurn(turnId, { status: 'ended', startedAt, ...told })
    await store().catch(store)
  }

  async #stream(): Promise<End> {
    try {
      if (this.#interruption !== undefined) return { reason: this.#interruption }
      this.#enter('waiting')
      const { request, basis, parser, checkpoint } = await this.#options.prepare(this.#abort.signal)
      const edits = this.#options.openEdits(basis)
      this.#edits = edits
      this.#checkpoint = this.#allowEditsAfter(checkpoint)
      if (this.#interruption !== undefined) return { reason: this.#interruption }
      const reader = new AnswerReader(this.answer, this.#options.timers.monotonicMs(), parser)
      this.#reader = reader
      const end = await this.#ask(request, reader)
      await this.#checkpoint
      if (this.#bug !== undefined) throw this.#bug
      // The one block of an inline edit is the person's to judge.
      if (end.reason === 'complete' && this.record.kind === 'chat') await this.#mend(request, reader, edits)
      return this.#interruption === undefined ? end : { reason: this.#interruption }
    } catch (thrown) {
      const error = this.#bug ?? thrown
      if (this.#interruption !== undefined) return { reason: this.#interruption }
      if (error instanceof ModelFailure) return { reason: 'failed', failure: error.failure }
      this.#logError(error, 'a turn failed')
      return { reason: 'failed', failure: { code: 'internal' } }
    }
  }

  #editMeasurements(): EditMeasurements | undefined {
    const counts = this.#edits?.counts
    if (this.#reader === undefined || counts === undefined || counts.applied + counts.failed === 0) return undefined
    return { ...counts, ...this.#reader.habits }
  }

  /** The model is asked meanwhile, but whatever it answers is written only after that. */
  async #allowEditsAfter(checkpoint: Promise<void>): Promise<void> {
    try {
      await checkpoint
      this.record.hasCheckpoint = true
      this.#mayWrite = true
    } catch (error) {
      this.#logError(error, 'the checkpoint of a turn was not stored')
      this.#bug ??= error
      this.#abort.abort()
    }
  }

  /** Streams one answer. */
  async #ask(request: ModelRequest, reader: AnswerReader): Promise<End> {
    let finish: Extract<ModelEvent, { type: 'end' }> | undefined
    for await (const events of this.#options.model.stream(request, this.#abort.signal)) {
      const nowMs = this.#options.timers.monotonicMs()
      const read = reader.read(events, nowMs)
      finish = read.finish ?? finish
      if (read.isEmpty) continue
      this.#edits?.take(read.parsed, nowMs)
      if (read.isFirst) this.#enter('streaming')
      this.#options.onContent(read.isFirst)
    }
    if (this.#bug !== undefined) throw this.#bug
    if (finish !== undefined) return endOf(finish)
    if (this.#interruption !== undefined) return { reason: this.#interruption }
    return { reason: 'failed', failure: { code: 'stream_truncated' } }
  }

  #mend(request: ModelRequest, reader: AnswerReader, edits: EditSession): Promise<void> {
    const nowMs = () => this.#options.timers.monotonicMs()
    return mendFailedBlocks({
      reader,
      request,
      ask: async (again) => (await this.#ask(again, reader)).reason,
      settle: (reason) => {
        edits.take(reader.end(reason), nowMs(), reason !== 'complete')
        return edits.settle(nowMs)
      },
      proposals: this.#options.proposals,
      isInterrupted: () => this.#interruption !== undefined,
      onFailure: ({ failure }) =>
        this.#options.log.warn({ turnId: this.record.turnId, ...failure }, 'failed blocks could not be asked for again'),
    })
  }

  /** Brings edits and log to their durable end, each whatever becomes of the other. */
  async #settle(end: End): Promise<End> {
    const settled = await this.#settleEdits(end)
    try {
      await this.#persistence.flush()
      return settled
    } catch (error) {
      this.#logError(error, 'the text of a turn was not stored')
      this.answer.cutTo(this.#persistence.stored)
      return { reason: 'failed', failure: { code: 'internal' } }
    }
  }

  async #settleEdits(end: End): Promise<End> {
    const nowMs = () => this.#options.timers.monotonicMs()
    try {
      if (this.#reader !== undefined) this.#edits?.take(this.#reader.end(end.reason), nowMs(), end.reason !== 'complete')
      await this.#checkpoint
      const isRefused = this.#edits !== undefined && !this.#mayWrite
      const finished = await (isRefused ? this.#edits?.drop() : this.#edits?.finish(nowMs))
      this.#isUnclean = finished?.isClean === false
      return isRefused ? { reason: 'failed', failure: { code: 'internal' } } : end
    } catch (error) {
      this.#logError(error, 'the edits of a turn were not stored')
      this.#isUnclean = true
      return { reason: 'failed', failure: { code: 'internal' } }
    }
  }

  #enter(status: 'waiting' | 'streaming'): void {
    this.#status = status
    this.#options.onStatus(status)
  }

  #logError(err: unknown, message: string): void {
    this.#options.log.error({ err, turnId: this.record.turnId }, message)
  }
}

function endOf({ finishReason }: Extract<ModelEvent, { type: 'end' }>): End {
  if (finishReason === 'content_filter') return { reason: 'failed', failure: { code: 'content_filtered' } }
  return { reason: finishReason === 'length' ? 'length' : 'complete' }
}
