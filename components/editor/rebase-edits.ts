import { diffArrays } from 'diff'
import { minimalEdit, type TextEdit } from './text-edits.ts'

/** Beyond this the difference is taken as one edit. */
const mostEdits = 1_000
const longestMs = 50

/**
 * Edits of `base`, as edits of what other people made of it meanwhile (`now`). An edit in lines that they changed is left out:
 * theirs stay.
 */
export function rebaseEdits(edits: readonly TextEdit[], base: string, now: string): TextEdit[] {
  const theirs = lineEdits(base, now)
  return edits.flatMap((edit) => {
    const before = theirs.filter(({ offset, length }) => offset + length <= edit.offset)
    const meets = theirs.some(({ offset, length }) => offset + length > edit.offset && offset < edit.offset + edit.length)
    if (meets) return []
    const shift = before.reduce((sum, { length, text }) => sum + text.length - length, 0)
    return [{ ...edit, offset: edit.offset + shift }]
  })
}

function lineEdits(base: string, now: string): TextEdit[] {
  if (base === now) return []
  const difference = diffArrays(linesOf(base), linesOf(now), { maxEditLength: mostEdits, timeout: longestMs })
  if (difference === undefined) return [minimalEdit(base, now)].filter((edit) => edit !== undefined)
  const edits: TextEdit[] = []
  let offset = 0
  let open: TextEdit | undefined
  for (const { added, removed, value } of difference) {
    const text = value.join('')
    if (!added && !removed) {
      offset += text.length
      open = undefined
      continue
    }
    if (open === undefined) edits.push((open = { offset, length: 0, text: '' }))
    if (added) open.text += text
    else {
      open.length += text.length
      offset += text.length
    }
  }
  return edits
}

/** With their line feeds. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/)
}
