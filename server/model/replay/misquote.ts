import type { ReadMessage } from './continuation.ts'
import { parseFaultPrompt } from './faults.ts'
import { findRecording, type Recording } from './recordings.ts'

const searchMarker = /^<{5,9} SEARCH *$/
const dividerMarker = /^={5,9} *$/
const replaceMarker = /^>{5,9} REPLACE *$/
const fence = /^(`{3,}|~{3,})/

/** How Flint begins when it tells a model of edit blocks that it could not apply. */
const reportOpening = 'Flint could not apply'

export function isReport(message: string): boolean {
  return message.startsWith(reportOpening)
}

/** An answer whose first edit block quotes old lines that stand in no file. An answer without edit blocks stays as it is. */
export function misquoteFirstBlock(answer: string): string {
  const lines = answer.split('\n')
  const block = findFirstBlock(lines)
  if (block === undefined) return answer
  const misquoted = lines.slice(block.search + 1, block.divider).map((_, index) => `misremembered line ${index + 1}`)
  return [...lines.slice(0, block.search + 1), ...misquoted, ...lines.slice(block.divider)].join('\n')
}

/**
 * What a conversation about blocks that could not be applied is answered. A recorded answer that was misquoted has its first block
 * written again as it was recorded. To everything else a recording has nothing to add: its blocks are right, the files have changed.
 */
export function answerReport(
  recordings: readonly Recording[],
  sampleId: string | undefined,
  messages: readonly ReadMessage[],
): string {
  const given = messages.findLast(({ role }) => role === 'assistant')?.text
  const prompt = messages.findLast(({ role, text }) => role === 'user' && !isReport(text))?.text ?? ''
  const recording = findRecording(recordings, sampleId, parseFaultPrompt(prompt)?.prompt || prompt)
  if (recording === undefined || given === recording.answer || given !== misquoteFirstBlock(recording.answer)) return ''
  return firstBlock(recording.answer.split('\n'))
}

function firstBlock(lines: readonly string[]): string {
  const block = findFirstBlock(lines)
  if (block === undefined) return ''
  const [, marks = ''] = fence.exec(lines[block.fence] ?? '') ?? []
  return [...lines.slice(block.fence - 1, block.fence + 1), ...lines.slice(block.search, block.replace + 1), marks, ''].join(
    '\n',
  )
}

/** The indices of the lines that make the first block, and of the fence it stands in, which follows the line with its path. */
function findFirstBlock(
  lines: readonly string[],
): { fence: number; search: number; divider: number; replace: number } | undefined {
  const search = lines.findIndex((line) => searchMarker.test(line))
  const divider = lines.findIndex((line, index) => index > search && dividerMarker.test(line))
  const replace = lines.findIndex((line, index) => index > divider && replaceMarker.test(line))
  const opening = lines.slice(0, Math.max(0, search)).findLastIndex((line) => fence.test(line))
  if (search === -1 || divider === -1 || replace === -1 || opening < 1) return undefined
  return { fence: opening, search, divider, replace }
}
