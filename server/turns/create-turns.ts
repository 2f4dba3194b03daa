import type { Documents } from '#documents/documents.ts'
import type { Model } from '#model/model.ts'
import { limits } from '#protocol/limits.ts'
import type { BackendInfo, RecordedPrompt } from '#protocol/sessions.ts'
import type { HunkEvent } from '#protocol/hunks.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Store } from '#store/store.ts'
import { applyProposal } from './applied-proposal.ts'
import { AskedAgain } from './asked-again.ts'
import { finishBegunOperations } from './begun-operations.ts'
import { Checkpoints } from './checkpoints.ts'
import { Decisions } from './decisions.ts'
import { DocumentLines } from './document-lines.ts'
import { EndedLogs } from './ended-logs.ts'
import { Framing } from './framing.ts'
import { freezeSelection } from './inline-request.ts'
import { endInterruptedTurns } from './interrupted-turns.ts'
import type { Log } from './log.ts'
import { offerEdits } from './offered-edits.ts'
import { openTurn } from './open-turn.ts'
import { questionAgain, turnOf, type AskedTurn, type Question } from './question.ts'
import { Recent } from './recent.ts'
import type { RunningTurn } from './running-turn.ts'
import { readHunksOfFile, readSnapshot } from './turn-snapshot.ts'
import { SessionQueue } from './session-queue.ts'
import { storeTurn } from './store-turn.ts'
import { LineCountThread } from './line-counting.ts'
import { SimilarityThread, type SimilaritySearch } from './similarity-search.ts'
import { Ticker } from './ticker.ts'
import { TurnNumbers } from './turn-numbers.ts'
import { systemTimers, type Timers } from './timers.ts'
import { TurnRefused, type TurnEvent, type Turns } from './turns.ts'
import { WaitingTurns } from './waiting-turns.ts'

/** Running one included. */
const mostTurnsAtOnce = 20
const mostRemembered = 200

export type TurnsOptions = {
  store: Store
  documents: Documents
  sessions: Sessions
  backends: ReadonlyMap<string, { info: BackendInfo; model: Model }>
  recordedPrompts: (sampleId: string | undefined) => RecordedPrompt[]
  clock: { now(): number }
  timers?: Timers
  /** How misquoted text is looked for; in a thread of its own where absent. */
  search?: SimilaritySearch
  ids: { next(): string }
  log: Log
}

/** Opens the turns of all sessions. Nothing runs, and no timer, until somebody asks. */
export function createTurns(options: TurnsOptions): Turns {
  const { store, documents, sessions, backends, recordedPrompts, clock, timers = systemTimers, ids, log } = options
  const listeners = new Set<(event: TurnEvent) => void>()
  const queues = new Map<string, SessionQueue>()
  /** Who waits for an inline edit, as `sessionId participantId`. */
  const inlineAskers = new Set<string>()
  const openFiles = new Recent<string, readonly string[]>(mostRemembered)
  const numbers = new TurnNumbers(store)
  const endedLogs = new EndedLogs(store, log)
  const framing: Framing = new Framing({
    monotonicMs: () => timers.monotonicMs(),
    wake: () => ticker.wake(),
    log,
  })
  const ticker: Ticker = new Ticker(timers, limits.frameIntervalMs, () => {
    let left = framing.tick()
    const nowMs = timers.monotonicMs()
    for (const turn of [...queues.values()].flatMap(({ running }) => running)) {
      if (turn.tick(nowMs)) left = true
    }
    return left
  })
  const onHunks = (sessionId: string, hunkEvents: HunkEvent[]): void => emit({ type: 'hunks', sessionId, hunkEvents })
  const lines = new DocumentLines()
  const askedAgain = new AskedAgain({ store, documents, lines, onHunks })
  const similarity = new SimilarityThread(log)
  const search = options.search ?? similarity.search
  const counting = new LineCountThread()
  const decisions = new Decisions({ store, documents, sessions, lines, onHunks })
  const checkpoints = new Checkpoints({
    rooms: { store, documents, sessions, lines, onHunks, countLines: counting.count },
    isBusy: (sessionId) => queues.get(sessionId)?.turns.some(({ record }) => record.kind === 'chat') === true,
    tell: emit,
  })
  const waiting = new WaitingTurns({ store, queueOf: (sessionId) => queues.get(sessionId), tell: emit })
  const stopListening = sessions.onEvent((event) => {
    if (event.type === 'deleted') void queues.get(event.sessionId)?.close()
  })
  let isClosed = false

  function emit(event: TurnEvent): void {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        log.error({ err: error, sessionId: event.sessionId }, 'a listener of turn events failed')
      }
    }
  }

  function queueOf(sessionId: string): SessionQueue {
    const known = queues.get(sessionId)
    if (known !== undefined) return known
    const onEnded = (turn: RunningTurn): void => {
      const { ended } = turn.answer
      // By now the session may have a queue of its own again.
      if (queues.get(sessionId) === queue && queue.turns.every((other) => other === turn)) queues.delete(sessionId)
      if (turn.record.kind === 'inline') inlineAskers.delete(inlineAsker(turn.record.sessionId, turn.record.askedBy))
      endedLogs.add(turn.answer)
      framing.ended(turn.answer)
      if (ended !== undefined) emit({ type: 'ended', sessionId, ended })
    }
    const queue = new SessionQueue({ onTurn, onEnded })
    queues.set(sessionId, queue)
    return queue
  }

  /** The conversation shows a turn where its turn came, not where it was asked for. */
  function onTurn({ record }: RunningTurn): void {
    record.startedAt = clock.now()
    store.updateTurn(record.turnId, { status: 'waiting', startedAt: record.startedAt }).catch(unstored(record.turnId))
  }

  function unstored(turnId: string): (error: unknown) => void {
    return (err) => log.error({ err, turnId }, 'the place of a turn in its conversation was not stored')
  }

  async function askInline(question: Question): Promise<{ turnId: string }> {
    const asker = inlineAsker(question.sessionId, question.participantId)
    if (inlineAskers.has(asker)) throw new TurnRefused('turn_active')
    inlineAskers.add(asker)
    try {
      return await ask(question)
    } catch (error) {
      inlineAskers.delete(asker)
      throw error
    }
  }

  async function ask(question: Question): Promise<{ turnId: string }> {
    const { sessionId, participantId, redirect } = question
    const info = await sessions.info(sessionId)
    if (info === undefined) throw new TurnRefused('not_found')
    const backend = backends.get(info.backendId)
    if (backend === undefined) throw new TurnRefused('no_backend')
    const redirected = redirect === undefined ? undefined : queues.get(sessionId)?.find(redirect, 'chat')
    if (redirected !== undefined && redirected.record.askedBy !== participantId) throw new TurnRefused('turn_active')
    if ((queues.get(sessionId)?.turns.length ?? 0) >= mostTurnsAtOnce) throw new TurnRefused('limit_reached')
    await question.beforehand?.()
    const turnId = ids.next()
    const selection =
      question.inline &&
      (await freezeSelection({ documents, sessions }, { sessionId, turnId, model: info.model }, question.inline))
    const { backendId, name, kind } = backend.info
    const record = turnOf(question, {
      turnId,
      number: await numbers.next(sessionId),
      ...(selection !== undefined && { target: selection.target }),
      backend: { backendId, name, kind, model: info.model },
      startedAt: clock.now(),
    })
    await storeTurn(store, record)
    const turn: RunningTurn = openTurn(
      { store, documents, sessions, lines, askedAgain, checkpoints, search, timers, ids, log, onHunks },
      { record, model: backend.model, question, selection },
      {
        onStatus: (status) => {
          const began = status === 'waiting' && { startedAt: record.startedAt }
          emit({ type: 'status', sessionId, status: { turnId, status, ...began } })
        },
        onContent: (isFirst) => {
          if (isFirst) framing.first(turn.answer)
          ticker.wake()
        },
      },
    )
    openFiles.set(record.turnId, question.openFileIds)
    emit({ type: 'started', sessionId, turn: turn.view() })
    framing.open(sessionId, turn.answer)
    const queue = queueOf(sessionId)
    if (selection !== undefined) queue.addBeside(turn)
    else {
      queue.add(turn, redirected !== undefined)
      if (redirected !== undefined && queue.waiting.length > 1) void waiting.save(sessionId, queue).catch(unstored(turnId))
    }
    if (redirected !== undefined && queue.find(redirected.record.turnId) !== undefined) {
      void queue.interrupt(redirected, 'redirected')
    }
    if (isClosed) void queue.interrupt(turn, 'interrupted')
    return { turnId: record.turnId }
  }

  async function askAgain(asked: AskedTurn): Promise<{ turnId: string }> {
    const question = await questionAgain(
      { store, decisions, isRunning: (turnId) => queues.get(asked.sessionId)?.find(turnId) !== undefined },
      asked,
      openFiles.get(asked.turnId) ?? [],
    )
    return question.inline === undefined ? ask(question) : askInline(question)
  }

  return {
    backends: () => Array.from(backends.values(), ({ info }) => info),
    recordedPrompts,
    start: (turn) => ask({ ...turn, isHistory: () => true }),
    async stop(sessionId, turnId, by) {
      const queue = queues.get(sessionId)
      const turn = queue?.find(turnId)
      if (queue !== undefined && turn !== undefined) {
        if (queue.waiting.includes(turn)) return waiting.remove(sessionId, turnId, by)
        return queue.interrupt(turn, 'stopped', by.participantId)
      }
      const stored = await store.turn(turnId)
      throw new TurnRefused(stored?.sessionId === sessionId ? 'turn_over' : 'not_found')
    },
    move: (sessionId, turnId, place) => waiting.move(sessionId, turnId, place),
    remove: (sessionId, turnId, by) => waiting.remove(sessionId, turnId, by),
    again: askAgain,
    inline: ({ target, ...edit }) =>
      askInline({
        ...edit,
        inline: { target, again: false },
        references: [],
        openFileIds: [],
        isHistory: () => false,
      }),
    decide: (decision) => decisions.decide(decision),
    apply: (proposal) => applyProposal({ store, documents, lines, askedAgain }, proposal),
    offer: (edit) => offerEdits({ store, documents, lines, numbers, clock, emit }, edit),
    restore: (wanted) => checkpoints.restore(wanted),
    changesSince: (sessionId, baseId, isWanted) => checkpoints.changesSince(sessionId, baseId, isWanted),
    hunksOfFile: (sessionId, fileId) => readHunksOfFile(store, sessionId, fileId),
    snapshot: (sessionId) => readSnapshot(store, sessionId, () => queues.get(sessionId)?.turns ?? []),
    watch: (sessionId, viewer, cursors) =>
      framing.watch(sessionId, viewer, cursors, (rest) => endedLogs.behind(sessionId, rest)),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async recover() {
      await endInterruptedTurns({ store, documents, sessions, lines, log })
      await finishBegunOperations({ store, documents, sessions, lines, log, onHunks })
    },
    async close() {
      isClosed = true
      stopListening()
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      ticker.close()
      await Promise.all([similarity.close(), counting.close()])
    },
  }
}

function inlineAsker(sessionId: string, participantId: string): string {
  return `${sessionId} ${participantId}`
}
