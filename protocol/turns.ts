import type { BaseId } from './bases.ts'
import type { TurnFailure } from './failures.ts'

export type TurnStatus = 'queued' | 'waiting' | 'streaming' | 'ended'
/** `removed`: it was taken out of the queue before its turn came. */
export type EndReason = 'complete' | 'length' | 'stopped' | 'redirected' | 'removed' | 'failed' | 'interrupted'

export type Reference = {
  fileId: string
  /** Lines, 1-based and inclusive; absent for the whole file. */
  fromLine?: number
  toLine?: number
  /** A base: what changed in the file since then is meant. Only what the server asks itself has it. */
  since?: BaseId
}

/**
 * What the server's parser found in the answer's text, so that a viewer draws a card instead of a raw block.
 * Marks are append-only and ordered; `at` is an offset into the answer's text in UTF-16 units.
 */
export type Mark =
  | { type: 'open'; block: number; at: number; path: string }
  | { type: 'close'; block: number; at: number }
  /** From here on the model answers what it was told about blocks that could not be applied; `whole`: it was asked for whole files. */
  | { type: 'retry'; at: number; blocks: number[]; whole: boolean }

/** How well a model keeps to the edit formats, answers to the report of failed blocks included. */
export type EditMeasurements = {
  applied: number
  /** Not applied, or not all of it: there is a proposal, or it was written again. */
  failed: number
  /** How often the model was asked to write failed blocks again. */
  retries: number
  /** Departures from the formats that were understood all the same, by their names. */
  tolerances: Record<string, number>
}

export type TurnMeasurements = {
  /** Request sent → first non-empty token, thinking included; ms, server clock at the provider reader. */
  ttftMs?: number
  /** Request sent → first token that is not thinking; ms. */
  answerTtftMs?: number
  /** (N−1) / (last token − first token); tokens/s. Absent when everything arrived in one read. */
  tokensPerSecond?: number
  /** Request sent → last token; ms. */
  totalMs?: number
  /** Waited before the request could be sent (rate limit, retry); ms. */
  waitMs?: number
  promptTokens?: number
  cachedTokens?: number
  completionTokens?: number
  reasoningTokens?: number
  /** `estimate` until the provider's usage has arrived. */
  tokensFrom: 'provider' | 'estimate'
  /** What became of the answer's edit blocks; absent where it had none. */
  edits?: EditMeasurements
  /** `completion`: computed from the provider's completion time, because the client clock could not tell. */
  speedFrom?: 'reader' | 'completion'
  /** The provider's own times, in ms. */
  providerQueueMs?: number
  providerPromptMs?: number
  providerCompletionMs?: number
}

export type Turn = {
  turnId: string
  /** 1, 2, … within the session, in the order in which chat turns run: turns that wait exchange theirs when they are moved. */
  number: number
  askedBy: string
  /**
   * `inline`: one block that replaces a selection, asked for in the editor; runs beside the chat's turns. `offer`: what a person wrote
   * before their role was lowered, as proposals; no model is part of it.
   */
  kind: 'chat' | 'inline' | 'offer'
  /** Of an inline turn: what it replaces (encoded Y.RelativePositions). */
  target?: { fileId: string; start: Uint8Array; end: Uint8Array }
  prompt: string
  references: Reference[]
  status: TurnStatus
  reason?: EndReason
  /** Who stopped or removed it. */
  stoppedBy?: string
  failure?: TurnFailure
  backend: { backendId: string; name: string; kind: 'live' | 'recorded'; model: string }
  /** When it was asked for; of a turn that waited, when its turn came. Ms since the epoch, server clock. */
  startedAt: number
  text: string
  reasoning: string
  marks: Mark[]
  measurements?: TurnMeasurements
  /** A checkpoint before it was restored: the model is not reminded of it any more. */
  rolledBack?: true
  /** The files as they were before it are stored: it is a base. Of a running turn it may be true without being told yet. */
  hasCheckpoint?: true
}

/** How far a viewer has read a turn's append-only log. */
export type TurnCursor = { turnId: string; text: number; reasoning: number; marks: number }

/** The next piece of a turn's log for one viewer: always exactly what follows its cursor. */
export type TurnFrame = {
  turnId: string
  /** Offset of `text` in the answer, in UTF-16 units. */
  at: number
  text: string
  reasoningAt: number
  reasoning: string
  marksAt: number
  marks: Mark[]
  /** Since the request was sent, at the provider reader; ms. */
  elapsedMs: number
  /** Length of the whole log at that moment, in UTF-16 units: how far this viewer is behind. */
  head: number
}
