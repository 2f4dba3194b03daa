import { isFileGone, type Documents } from '#documents/documents.ts'
import { createInlineParser } from '#edits/inline-parser.ts'
import type { ModelMessage } from '#model/model.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Store, TurnRecord } from '#store/store.ts'
import { takeCheckpoint } from './checkpoint-taking.ts'
import { fenced } from './fenced.ts'
import { inlineSystemText } from './inline-system-text.ts'
import { budgetOf } from './model-budgets.ts'
import { anchoredLines, anchorLines, selectedLines, type LineRange } from './selected-lines.ts'
import { charactersOf, leadingLines, promptCharacters, tokensOf, trailingLines } from './text-budget.ts'
import type { Prepared } from './turn-request.ts'
import { TurnRefused } from './turns.ts'

type Target = NonNullable<TurnRecord['target']>
type Rooms = { documents: Documents; sessions: Sessions }

/** Whole lines as they were at Enter, and positions that keep naming them. */
export type Selection = {
  files: readonly FileNode[]
  file: FileNode
  text: string
  /** Of the file's document, when it read `text`. */
  seq: number
  lines: LineRange
  target: Target
}

/** Thinking, and what the new text may be longer than the old one. */
const spareTokens = 2_048

/**
 * Freezes what an inline edit replaces. `turnId`: in whose name the document is read. `again`: the target is one that this made
 * earlier, not a selection. Throws `TurnRefused`: `not_found` when file or positions do not exist (any more), `not_text`, `too_large`
 * when an answer could not hold that many lines.
 */
export async function freezeSelection(
  { documents, sessions }: Rooms,
  turn: { sessionId: string; turnId: string; model: string },
  { target: { fileId, start, end }, again }: { target: Target; again: boolean },
): Promise<Selection> {
  const files = await sessions.files(turn.sessionId)
  const file = files.find((candidate) => candidate.fileId === fileId)
  if (file === undefined) throw new TurnRefused('not_found')
  if (file.kind === 'binary') throw new TurnRefused('not_text')
  const replica = await documents.replica(fileId, { kind: 'assistant', turnId: turn.turnId }).catch((error: unknown) => {
    throw isFileGone(error) ? new TurnRefused('not_found') : error
  })
  try {
    const lines = (again ? anchoredLines : selectedLines)(replica.text, { start, end })
    if (lines === undefined) throw new TurnRefused('not_found')
    if (lines.end - lines.start > charactersOf(budgetOf(turn.model).maxCompletionTokens - spareTokens)) {
      throw new TurnRefused('too_large')
    }
    const frozen = {
      files,
      file,
      text: replica.text.toString(),
      lines,
      target: { fileId, ...anchorLines(replica.text, lines) },
    }
    // Nothing may wait before this: it tells the seq of the text that was just read.
    return { ...frozen, ...(await replica.commit(undefined)) }
  } finally {
    replica.close()
  }
}

/** The request for an inline edit: the file around the selection, the selected lines, the prompt. */
export async function prepareInlineRequest(
  { store, documents, sessions }: Rooms & { store: Store },
  turn: TurnRecord,
  { files, file, text, seq, lines }: Selection,
): Promise<Prepared> {
  const { contextTokens, maxCompletionTokens, reasoningEffort } = budgetOf(turn.backend.model)
  const info = await sessions.info(turn.sessionId)
  const selected = text.slice(lines.start, lines.end)
  const room = promptCharacters(contextTokens, maxCompletionTokens) - inlineSystemText.length - turn.prompt.length
  const answerTokens = spareTokens + 2 * tokensOf(selected)
  return {
    request: {
      model: turn.backend.model,
      messages: inlineMessages({ path: file.path, text, lines, prompt: turn.prompt, characters: room }),
      maxCompletionTokens: Math.min(maxCompletionTokens, answerTokens),
      ...(reasoningEffort !== undefined && { reasoningEffort }),
      ...(info?.sampleId !== undefined && { sampleId: info.sampleId }),
      selectedText: selected,
    },
    basis: { files, texts: new Map([[file.fileId, text]]) },
    parser: createInlineParser({
      path: file.path,
      lines: selected === '' ? [] : selected.replace(/\n$/, '').split('\n'),
      place: { start: lines.start, end: lines.end },
    }),
    checkpoint: takeCheckpoint({ store, documents }, turn, { files, shown: [{ file, text, seq }] }),
  }
}

/** `characters`: for the file's text, in UTF-16 units. Lines farther from the selection are left out first. */
export function inlineMessages(asked: {
  path: string
  text: string
  lines: LineRange
  prompt: string
  characters: number
}): ModelMessage[] {
  const { path, text, lines, prompt } = asked
  const selected = text.slice(lines.start, lines.end)
  const above = text.slice(0, lines.start)
  const below = text.slice(lines.end)
  const around = Math.max(0, asked.characters - selected.length)
  const half = Math.floor(around / 2)
  const before = trailingLines(above, Math.max(half, around - below.length))
  const after = leadingLines(below, Math.max(half, around - above.length))
  const partly = before.length < above.length || after.length < below.length
  const sections = [
    `The file is ${path}${partly ? '; lines far from the selection are left out' : ''}.`,
    ...(before === '' ? [] : [`Before the selection:\n${fenced(before)}`]),
    `The selected lines, ${lines.fromLine} to ${lines.toLine}:\n${fenced(selected)}`,
    ...(after === '' ? [] : [`After the selection:\n${fenced(after)}`]),
  ]
  return [
    { role: 'system', content: inlineSystemText },
    { role: 'user', content: sections.join('\n\n') },
    { role: 'user', content: prompt },
  ]
}
