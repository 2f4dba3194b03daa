import type { Documents } from '#documents/documents.ts'
import type { Model } from '#model/model.ts'
import type { HunkEvent } from '#protocol/hunks.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Store, TurnRecord } from '#store/store.ts'
import type { AskedAgain } from './asked-again.ts'
import { checkpointTexts } from './checkpoint-pairs.ts'
import type { Checkpoints } from './checkpoints.ts'
import type { DocumentLines } from './document-lines.ts'
import { EditSession } from './edit-session.ts'
import { prepareInlineRequest, type Selection } from './inline-request.ts'
import { takeBackUnfinished } from './interrupted-turns.ts'
import type { Log } from './log.ts'
import { RunningTurn, type RunningTurnOptions } from './running-turn.ts'
import type { SimilaritySearch } from './similarity-search.ts'
import { Targets } from './targets.ts'
import type { Timers } from './timers.ts'
import { prepareRequest, type TurnQuestion } from './turn-request.ts'

type Rooms = {
  store: Store
  documents: Documents
  sessions: Sessions
  lines: DocumentLines
  askedAgain: AskedAgain
  checkpoints: Checkpoints
  search: SimilaritySearch
  timers: Timers
  ids: { next(): string }
  log: Log
  onHunks: (sessionId: string, hunkEvents: HunkEvent[]) => void
}

/** A turn with everything it needs to run. `selection`: what an inline turn replaces; without it the turn answers in the chat. */
export function openTurn(
  rooms: Rooms,
  {
    record,
    model,
    question,
    selection,
  }: { record: TurnRecord; model: Model; question: TurnQuestion; selection?: Selection | undefined },
  told: Pick<RunningTurnOptions, 'onStatus' | 'onContent'>,
): RunningTurn {
  const { store, documents, sessions, lines, askedAgain, checkpoints, search, timers, ids, log } = rooms
  const onHunks = (hunkEvents: HunkEvent[]): void => rooms.onHunks(record.sessionId, hunkEvents)
  return new RunningTurn({
    record,
    model,
    store,
    timers,
    log,
    prepare: (signal) =>
      checkpoints.undisturbed(record.sessionId, () =>
        selection === undefined
          ? prepareRequest({ store, sessions, documents }, record, question, signal)
          : prepareInlineRequest({ store, sessions, documents }, record, selection),
      ),
    openEdits: (basis) => {
      const textBefore = checkpointTexts(store, record.turnId)
      const targets = new Targets({ sessions, documents, turn: record, basis, textBefore })
      // The sooner it is open, the less of what people type has to be found out by comparing texts.
      if (selection !== undefined) targets.at(selection.file.path)
      const newHunkId = (): string => ids.next()
      return new EditSession({ turn: record, targets, store, sessions, lines, search, newHunkId, onHunks })
    },
    proposals: {
      begin: (failed) => askedAgain.begin(record, failed),
      end: (failed) => askedAgain.end(failed),
      supersede: (failed) => askedAgain.supersede(record, failed),
    },
    takeBackUnfinished: () => takeBackUnfinished({ store, documents, sessions, lines, onHunks: rooms.onHunks }, record),
    ...told,
  })
}
