import { pathInHeader, type NamedPath } from './named-path.ts'

/** A line of a V4A patch that begins with three stars. A path is undefined where the header names none. */
export type PatchHeader =
  | { kind: 'begin' | 'end' | 'end_of_file' | 'environment' | 'unknown' }
  | { kind: 'add' | 'update' | 'delete' | 'move'; named: NamedPath | undefined }

const markers = new Map<string, 'begin' | 'end' | 'end_of_file'>([
  ['*** Begin Patch', 'begin'],
  ['*** End Patch', 'end'],
  ['*** End of File', 'end_of_file'],
])
const withPath = /^\*\*\* (?:(Add|Update|Delete) File|(Move) to):(.*)$/
const environment = /^\*\*\* Environment ID: *\S/
/** Words after the stars; without them the line is rather a rule or a list item. */
const headerLike = /^\*\*\* [A-Z][A-Za-z]* \w/
const kindByWord = { Add: 'add', Update: 'update', Delete: 'delete', Move: 'move' } as const

/** `text` is the line without the spaces that its place allows around a marker. */
export function readPatchHeader(text: string): PatchHeader | undefined {
  if (!text.startsWith('*** ')) return undefined
  const marker = markers.get(text)
  if (marker !== undefined) return { kind: marker }
  const [found, operation, move, path = ''] = withPath.exec(text) ?? []
  if (found !== undefined) {
    const kind = kindByWord[(operation ?? move) as keyof typeof kindByWord]
    return { kind, named: pathInHeader(path) }
  }
  if (environment.test(text)) return { kind: 'environment' }
  return headerLike.test(text) ? { kind: 'unknown' } : undefined
}

/** How a patch begins at a line of the text: properly, or with an operation, which stands at the line's start and names a path. */
export function readPatchStart(line: string): 'begin' | 'operation' | undefined {
  if (!firstVisibleIsStar(line)) return undefined
  const header = readPatchHeader(line.trim())
  if (header?.kind === 'begin') return 'begin'
  if (header?.kind !== 'add' && header?.kind !== 'update' && header?.kind !== 'delete') return undefined
  return header.named !== undefined && line.startsWith('*') ? 'operation' : undefined
}

function firstVisibleIsStar(line: string): boolean {
  let at = 0
  while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at += 1
  return line.charCodeAt(at) === 42
}

/** A line that is the patch's end only if nothing else follows: the marker indented like a context line, or added like a new one. */
export function mayBeEnd(line: string): boolean {
  if (!line.includes('*** End Patch', 1)) return false
  return (line.startsWith('+') ? line.slice(1).trimEnd() : line.trim()) === '*** End Patch'
}

const numbers = /^-\d+(?:,\d+)? \+\d+(?:,\d+)? @@(?: (.*))?$/

/** `numbered`: with the line numbers of a unified diff, which say nothing. */
export type Anchor = { text: string; numbered: boolean }

/** Reads a `@@` line; a bare one has an empty text. */
export function readAnchor(line: string): Anchor | undefined {
  if (!line.startsWith('@@')) return undefined
  const text = line.slice(2).trimEnd()
  if (text === '') return { text, numbered: false }
  if (!text.startsWith(' ')) return undefined
  const found = numbers.exec(text.slice(1))
  return found === null ? { text: text.slice(1), numbered: false } : { text: found[1] ?? '', numbered: true }
}

/** The shell's way to hand over a patch: the line before it, with or without the command. */
export function opensHeredoc(line: string): boolean {
  return line.includes('<<') && /^(?:apply_patch\s+)?<<\s*(['"]?)EOF\1$/.test(line.trim())
}
