/** Replaces `length` UTF-16 units at `offset` by `text`. In a list: disjoint, ascending, all against the same pre-state. */
export type TextEdit = { offset: number; length: number; text: string }

/** The shape of a Y.Text event's delta. */
export type TextDelta = readonly { retain?: number | undefined; delete?: number | undefined; insert?: unknown }[]

/**
 * Turns one event's whole delta into edits against the text before it: retain and delete advance the old offset, insert does
 * not; a deletion and an insertion that touch are one edit.
 */
export function editsOfDelta(delta: TextDelta): TextEdit[] {
  const edits: TextEdit[] = []
  let offset = 0
  let open: TextEdit | undefined
  const touching = () => {
    if (open !== undefined) return open
    open = { offset, length: 0, text: '' }
    edits.push(open)
    return open
  }
  for (const operation of delta) {
    if (operation.retain !== undefined) {
      offset += operation.retain
      open = undefined
    } else if (operation.delete !== undefined) {
      touching().length += operation.delete
      offset += operation.delete
    } else if (typeof operation.insert === 'string') {
      touching().text += operation.insert
    }
  }
  return edits
}

/** The smallest single edit that makes `after` of `before`, never cutting through a surrogate pair; undefined when equal. */
export function minimalEdit(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1
  let end = 0
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end -= 1
  return { offset: start, length: before.length - end - start, text: after.slice(start, after.length - end) }
}

/** Documents hold LF only. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
