import { parseFaultPrompt } from './faults.ts'
import { findRecording, type Recording } from './recordings.ts'

export type ReadMessage = { role: string; text: string }

/**
 * What is left of a recorded answer that was cut off: the conversation's last answer is the beginning of a recording, and the
 * prompt before it is that recording's. Undefined for every other conversation. An edit block that was cut off is written again
 * from its path line on, as anybody has to who goes on with an answer.
 */
export function continuedAnswer(
  recordings: readonly Recording[],
  sampleId: string | undefined,
  messages: readonly ReadMessage[],
): string | undefined {
  const answered = messages.findLastIndex((message) => message.role === 'assistant')
  const given = messages[answered]?.text
  const asked = messages.slice(0, Math.max(answered, 0)).findLast((message) => message.role === 'user')?.text
  if (given === undefined || asked === undefined) return undefined
  const recording = findRecording(recordings, sampleId, parseFaultPrompt(asked)?.prompt || asked)
  if (recording === undefined || given.length >= recording.answer.length || !recording.answer.startsWith(given))
    return undefined
  return restOf(recording.answer, given.length)
}

const fence = /^(?:`{3,}|~{3,})/
const replaceMarker = /^>{5,9} REPLACE *$/

/** The answer from `length` on; inside a fence from the last complete block on, behind the fence's own first lines. */
function restOf(answer: string, length: number): string {
  let open: { head: string; complete: number } | undefined
  let previous = ''
  let at = 0
  for (const line of answer.slice(0, length).split('\n')) {
    const end = at + line.length + 1
    const isWhole = end <= length
    if (isWhole && fence.test(line)) open = open === undefined ? { head: `${previous}\n${line}\n`, complete: end } : undefined
    else if (isWhole && open !== undefined && replaceMarker.test(line)) open.complete = end
    if (isWhole) previous = line
    at = end
  }
  return open === undefined ? answer.slice(length) : open.head + answer.slice(open.complete)
}
