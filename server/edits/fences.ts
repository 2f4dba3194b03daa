/** An opening code fence: at least three backquotes or tildes, indented by at most three spaces (CommonMark 4.5). */
export type Fence = { character: '`' | '~'; length: number; info: string }

const opening = /^ {0,3}(`{3,}|~{3,})(.*)$/
const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/

function mayBeFence(line: string): boolean {
  const first = line.charAt(0)
  return first === '`' || first === '~' || first === ' '
}

export function readOpeningFence(line: string): Fence | undefined {
  if (!mayBeFence(line)) return undefined
  const found = opening.exec(line)
  const run = found?.[1]
  if (run === undefined) return undefined
  const info = found?.[2]?.trim() ?? ''
  const character = run.startsWith('~') ? '~' : '`'
  if (character === '`' && info.includes('`')) return undefined
  return { character, length: run.length, info }
}

/** A fence closes at the same character, at least the same length and no info string. */
export function closesFence(line: string, fence: Pick<Fence, 'character' | 'length'>): boolean {
  if (!mayBeFence(line)) return false
  const run = closing.exec(line)?.[1]
  return run !== undefined && run.startsWith(fence.character) && run.length >= fence.length
}

/** Whether a line opens a fence that the given one's end could be mistaken for: it names a language, and closes the same way. */
export function opensInside(line: string, fence: Pick<Fence, 'character' | 'length'>): boolean {
  const inner = readOpeningFence(line)
  return inner !== undefined && inner.info !== '' && inner.character === fence.character && inner.length >= fence.length
}
