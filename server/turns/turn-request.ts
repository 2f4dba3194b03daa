import { createAnswerParser } from '#edits/answer-parser.ts'
import type { Documents } from '#documents/documents.ts'
import type { ModelRequest } from '#model/model.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Reference } from '#protocol/turns.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Store, TurnRecord } from '#store/store.ts'
import type { AnswerReading } from './answer-reader.ts'
import { readTexts, takeCheckpoint, type TextAtSeq } from './checkpoint-taking.ts'
import { changesShare, contextMessages, type ContextFile } from './context.ts'
import { budgetOf } from './model-budgets.ts'
import { referencedChanges } from './referenced-changes.ts'
import type { Basis } from './targets.ts'
import { promptCharacters } from './text-budget.ts'

/** What a turn asks, beside its record. */
export type TurnQuestion = {
  openFileIds: readonly string[]
  /** Which earlier turns the model is reminded of. */
  isHistory: (turn: TurnRecord) => boolean
}

/**
 * What the model is sent, the texts that its edits refer to, and how its answer is read. `checkpoint` resolves when the state of all files
 * at this moment is durable; nothing may be written before that.
 */
export type Prepared = { request: ModelRequest; basis: Basis; parser: AnswerReading; checkpoint: Promise<void> }

/** Freezes what the model sees: the request, and the texts that its edits will refer to. May reject once `signal` is aborted. */
export async function prepareRequest(
  { store, sessions, documents }: { store: Store; sessions: Sessions; documents: Documents },
  turn: TurnRecord,
  question: TurnQuestion,
  signal: AbortSignal,
): Promise<Prepared> {
  const { model } = turn.backend
  const { contextTokens, maxCompletionTokens, reasoningEffort, editFormat } = budgetOf(model)
  const characters = promptCharacters(contextTokens, maxCompletionTokens)
  // Comparing takes its time, so it comes before the moment that is frozen.
  const changes = await referencedChanges(sessions, turn.sessionId, turn.references, characters * changesShare, signal)
  const [files, turns, info] = await Promise.all([
    sessions.files(turn.sessionId),
    store.turns(turn.sessionId),
    sessions.info(turn.sessionId),
  ])
  const shown = await readShown(documents, shownFiles(files, turn.references, question.openFileIds), characters)
  const messages = contextMessages({
    editFormat,
    tree: files,
    files: shown.map(({ file, text }): ContextFile => ({ path: file.path, text, ranges: rangesOf(turn.references, file) })),
    changes,
    history: turns.filter(
      (earlier) =>
        earlier.kind === 'chat' && !earlier.rolledBack && earlier.turnId !== turn.turnId && question.isHistory(earlier),
    ),
    prompt: turn.prompt,
    characters,
  })
  return {
    request: {
      model,
      messages,
      maxCompletionTokens,
      ...(reasoningEffort !== undefined && { reasoningEffort }),
      ...(info?.sampleId !== undefined && { sampleId: info.sampleId }),
    },
    basis: { files, texts: new Map(shown.map(({ file, text }) => [file.fileId, text])) },
    parser: createAnswerParser(),
    checkpoint: takeCheckpoint({ store, documents }, turn, { files, shown }),
  }
}

/** Files that somebody pointed at come first, then the open ones. */
function shownFiles(files: readonly FileNode[], references: readonly Reference[], openFileIds: readonly string[]): FileNode[] {
  const byId = new Map(files.map((file) => [file.fileId, file]))
  const ids = new Set([...references.map(({ fileId }) => fileId), ...openFileIds])
  return [...ids].flatMap((fileId) => {
    const file = byId.get(fileId)
    return file?.kind === 'text' ? [file] : []
  })
}

/** Reads texts until there is more than fits anyway; the rest is named without its text. */
async function readShown(documents: Documents, files: readonly FileNode[], characters: number): Promise<TextAtSeq[]> {
  let left = characters
  const wanted = files.filter((file) => {
    const fits = left > 0
    left -= file.bytes
    return fits
  })
  return readTexts(documents, wanted)
}

function rangesOf(references: readonly Reference[], { fileId }: FileNode): ContextFile['ranges'] {
  return references.flatMap(({ fileId: of, fromLine, toLine }) =>
    of === fileId && fromLine !== undefined ? [{ fromLine, toLine: toLine ?? fromLine }] : [],
  )
}
