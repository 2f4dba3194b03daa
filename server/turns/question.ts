import { isOpenHunk } from '#protocol/hunks.ts'
import type { Store, TurnRecord } from '#store/store.ts'
import type { Decisions } from './decisions.ts'
import { continuePrompt } from './system-text.ts'
import type { TurnQuestion } from './turn-request.ts'
import { TurnRefused } from './turns.ts'

/** What somebody asks, before it is a turn. */
export type Question = TurnQuestion & {
  sessionId: string
  participantId: string
  prompt: string
  references: TurnRecord['references']
  redirect?: string
  review?: true
  /** The turn whose answer goes on. */
  continues?: string
  /** What an inline turn replaces; `again`: as the record of an earlier one names it. */
  inline?: { target: NonNullable<TurnRecord['target']>; again: boolean }
  /** Done once it is clear that the question can be asked, before anything of it exists. */
  beforehand?: () => Promise<unknown>
}

/** The record of a turn that is about to be asked; one with a target is an inline turn. */
export function turnOf(
  { sessionId, participantId, prompt, references, review, continues }: Question,
  given: Pick<TurnRecord, 'turnId' | 'number' | 'target' | 'backend' | 'startedAt'>,
): TurnRecord {
  return {
    ...given,
    sessionId,
    askedBy: participantId,
    kind: given.target === undefined ? 'chat' : 'inline',
    prompt,
    references,
    ...(review && { review }),
    ...(continues !== undefined && { continues }),
    status: 'queued',
    text: '',
    reasoning: '',
    marks: [],
  }
}

export type AskedTurn = { sessionId: string; participantId: string; turnId: string; how: 'retry' | 'continue' }

/** The question of an earlier turn, asked anew or continued. `openFileIds`: what was open then. Rejects with `TurnRefused`. */
export async function questionAgain(
  { store, decisions, isRunning }: { store: Store; decisions: Decisions; isRunning: (turnId: string) => boolean },
  { sessionId, participantId, turnId, how }: AskedTurn,
  openFileIds: readonly string[],
): Promise<Question> {
  const turn = await store.turn(turnId)
  if (turn?.sessionId !== sessionId) throw new TurnRefused('not_found')
  // Nobody was asked: there is nothing to ask again.
  if (turn.kind === 'offer') throw new TurnRefused('turn_over')
  if (isRunning(turnId)) throw new TurnRefused('turn_active')
  // An answer that never began, or that the model is not reminded of, cannot go on.
  const goesOn = turn.kind === 'chat' && how === 'continue' && turn.text.trim() !== '' && !turn.rolledBack
  const hunks = await store.hunksOfTurn(turnId)
  const touched = hunks.flatMap(({ fileId }) => fileId ?? [])
  const undecided = hunks.filter(isOpenHunk).map(({ hunkId }) => hunkId)
  return {
    sessionId,
    participantId,
    ...(turn.target !== undefined && { inline: { target: turn.target, again: true } }),
    prompt: goesOn ? continuePrompt : turn.prompt,
    references: turn.references,
    ...(turn.review && { review: true }),
    openFileIds: [...openFileIds, ...touched],
    ...(goesOn
      ? { continues: turnId, isHistory: (earlier) => earlier.number <= turn.number }
      : {
          isHistory: (earlier) => earlier.turnId !== turnId,
          // The new answer starts where the first one did, not among what is left of it.
          beforehand: () => decisions.decide({ sessionId, participantId, hunkIds: undecided, decision: 'reject' }),
        }),
  }
}
