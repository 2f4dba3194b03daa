import { lineCount } from '#edits/lines.ts'
import type { ModelMessage } from '#model/model.ts'
import type { TurnRecord } from '#store/store.ts'
import { fenced } from './fenced.ts'
import { historyMessages } from './history.ts'
import { systemText, type AskedFormat } from './system-text.ts'
import { leadingLines } from './text-budget.ts'

/** A file whose text the model is shown. */
export type ContextFile = {
  path: string
  text: string
  /** Lines somebody pointed at, 1-based and inclusive. */
  ranges: { fromLine: number; toLine: number }[]
}

export type ContextParts = {
  editFormat: AskedFormat
  /** Every file of the session. */
  tree: readonly { path: string; kind: 'text' | 'binary' }[]
  /** Most important first. */
  files: readonly ContextFile[]
  /** What changed in some of them, as a patch; empty where that was not asked about. */
  changes: string
  /** Earlier turns, oldest first. */
  history: readonly Pick<TurnRecord, 'prompt' | 'text' | 'status'>[]
  prompt: string
  /** For everything together, in UTF-16 units. */
  characters: number
}

const historyShare = 0.3
const treeShare = 0.15
export const changesShare = 0.4

/**
 * The messages of a request: system · history · what the project looks like now · the prompt alone. What is stable comes first,
 * so that a provider's prefix cache serves it; what does not fit is left out with a sentence that says so.
 */
export function contextMessages(parts: ContextParts): ModelMessage[] {
  const system = systemText(parts.editFormat)
  const available = Math.max(0, parts.characters - system.length - parts.prompt.length)
  const history = historyMessages(parts.history, Math.floor(available * historyShare))
  const historyLength = history.reduce((sum, { content }) => sum + content.length, 0)
  const tree = treeSection(parts.tree, Math.floor(available * treeShare))
  const changes = changesSection(parts.changes, Math.floor(available * changesShare))
  const files = fileSections(parts.files, available - historyLength - tree.length - changes.join().length)
  return [
    { role: 'system', content: system },
    ...history,
    { role: 'user', content: [tree, ...files, ...changes].join('\n\n') },
    { role: 'user', content: parts.prompt },
  ]
}

function treeSection(tree: ContextParts['tree'], characters: number): string {
  if (tree.length === 0) return 'The project has no files yet.'
  const lines = tree.map(({ path, kind }) => (kind === 'binary' ? `${path} (binary)` : path)).toSorted()
  const shown: string[] = []
  let left = characters
  for (const line of lines) {
    left -= line.length + 1
    if (left < 0) break
    shown.push(line)
  }
  const missing = lines.length - shown.length
  return [
    `Files of the project (${lines.length}):`,
    ...shown,
    ...(missing > 0 ? [`… and ${missing} more that are not listed here.`] : []),
  ].join('\n')
}

function changesSection(changes: string, characters: number): string[] {
  if (changes === '') return []
  const shown = leadingLines(changes, characters)
  const note = shown === changes ? '' : '\n(There was no room for the rest of the changes.)'
  return [`What changed, as a patch that leads to the contents above, whose line numbers count:\n${fenced(shown)}${note}`]
}

function fileSections(files: readonly ContextFile[], characters: number): string[] {
  const sections: string[] = []
  const leftOut: string[] = []
  let left = characters
  for (const file of files) {
    const section = fileSection(file, left)
    if (section === undefined) {
      leftOut.push(file.path)
    } else {
      left -= section.length
      sections.push(section)
    }
  }
  if (leftOut.length > 0) sections.push(`Not shown, because there was no room: ${leftOut.join(', ')}.`)
  if (sections.length > 0) sections.unshift('Contents now. They replace every earlier version:')
  return sections
}

/** Below this a part of a file says too little to be worth its place. */
const shortestPart = 400

function fileSection(file: ContextFile, characters: number): string | undefined {
  const lines = file.ranges.length === 0 ? [] : file.text.split('\n')
  const perSelection = Math.max(0, Math.floor(characters / 2 / file.ranges.length))
  const selections = file.ranges.map((range) => selectionNote(file.path, lines, range, perSelection))
  const room = characters - file.path.length - 80 - selections.reduce((sum, note) => sum + note.length, 0)
  if (room < Math.min(file.text.length, shortestPart)) return undefined
  const shown = leadingLines(file.text, room)
  const whole = shown.length === file.text.length
  const note = `(The first ${lineCount(shown)} of ${lineCount(file.text)} lines of ${file.path}; there was no room for the rest.)`
  return [`${file.path}\n${fenced(shown)}`, ...(whole ? [] : [note]), ...selections].join('\n')
}

/** A selection gets so many characters; of a longer one its first lines are repeated. */
function selectionNote(
  path: string,
  lines: readonly string[],
  { fromLine, toLine }: ContextFile['ranges'][number],
  characters: number,
): string {
  const selected = lines.slice(fromLine - 1, toLine)
  const text = selected.join('\n')
  const shown = leadingLines(text, characters)
  const part = shown === text ? '' : `, of which the first ${lineCount(shown)}`
  return `Selected in ${path}, lines ${fromLine} to ${toLine}${part}:\n${fenced(shown)}`
}
