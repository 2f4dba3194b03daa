import type { FileNode } from '#protocol/sessions.ts'

/** An `@` with what is typed behind it, up to the caret. Offsets in UTF-16 units. */
export type Mention = { from: number; to: number; query: string }

/** The mention that is being typed at the caret: an `@` at the start or behind white space, and no white space since. */
export function mentionAt(text: string, caret: number): Mention | undefined {
  if (caret < 1) return undefined
  const match = /(?:^|\s)@([^\s@]*)$/.exec(text.slice(0, caret))
  const query = match?.[1]
  return query === undefined ? undefined : { from: caret - query.length - 1, to: caret, query }
}

/** The text with a word, which may be none, in the place of the mention. */
export function replacedMention(text: string, mention: Mention, word: string): { text: string; caret: number } {
  const rest = text.slice(mention.to).replace(/^ /, '')
  return { text: text.slice(0, mention.from) + word + rest, caret: mention.from + word.length }
}

/** What is typed to switch whom one writes to: `/say` for the people, `/ask` for the assistant, in front of everything else. */
export function switchedBy(text: string): { audience: 'assistant' | 'people'; text: string } | undefined {
  const match = /^\/(say|ask)\s/.exec(text)
  return match === null
    ? undefined
    : { audience: match[1] === 'say' ? 'people' : 'assistant', text: text.slice(match[0].length) }
}

/** Files whose path matches the query: by beginning of the name, then within the name, then within the path. */
export function rankedFiles(files: readonly FileNode[], query: string): FileNode[] {
  const wanted = query.toLowerCase()
  const rank = (file: FileNode) => {
    const path = file.path.toLowerCase()
    const name = path.slice(path.lastIndexOf('/') + 1)
    return name.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : path.includes(wanted) ? 2 : 3
  }
  return files
    .filter((file) => file.kind === 'text')
    .map((file) => ({ file, rank: rank(file) }))
    .filter((one) => one.rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .map((one) => one.file)
}
