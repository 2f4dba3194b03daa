import type { RecordedPrompt } from '#protocol/sessions.ts'
import type { LineRange } from '#session/target-lines.ts'

/** `at`: the lines that it is about, where they are not the selected ones. */
export type OfferedPrompt = { title: string; prompt: string; at?: { start: number; end: number; line: number } }

/** Recorded inline edits of this file: those of the selected lines, else those of lines that stand elsewhere in it. */
export function offeredPrompts(
  recorded: readonly RecordedPrompt[],
  path: string,
  text: string,
  { start, end }: Pick<LineRange, 'start' | 'end'>,
): OfferedPrompt[] {
  const ofFile = recorded.flatMap(({ title, prompt, selection }) =>
    selection?.path === path ? [{ title, prompt, lines: selection.text }] : [],
  )
  const here = ofFile.filter(({ lines }) => lines === text.slice(start, end))
  if (here.length > 0) return here.map(({ title, prompt }) => ({ title, prompt }))
  return ofFile.flatMap(({ title, prompt, lines }) => {
    const found = text.indexOf(lines)
    const startsLine = found === 0 || text.charAt(found - 1) === '\n'
    if (found === -1 || !startsLine) return []
    const line = text.slice(0, found).split('\n').length
    return [{ title, prompt, at: { start: found, end: found + lines.length, line } }]
  })
}
