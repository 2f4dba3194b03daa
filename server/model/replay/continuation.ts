import { parseFaultPrompt } from './faults.ts'
import { findRecording, type Recording } from './recordings.ts'

export type ReadMessage = { role: string; text: string }

/**
 * What is left of a recorded answer that was cut off: the conversation's last answers are the beginning of a recording, in one
 * piece or in several that went on with each other, and the prompt before them is that recording's. Undefined for every other
 * conversation. An edit block that was cut off is written again from its path line on, as anybody has to who goes on with an answer.
 */
export function continuedAnswer(
  recordings: readonly Recording[],
  sampleId: string | undefined,
  messages: readonly ReadMessage[],
): string | undefined {
  const answers: string[] = []
  for (const { role, text } of messages.slice(0, messages.findLastIndex(isAnswer) + 1).toReversed()) {
    if (role === 'assistant') answers.unshift(text)
    const recording = role === 'user' ? findRecording(recordings, sampleId, parseFaultPrompt(text)?.prompt || text) : undefined
    if (recording !== undefined) return answers.reduce(restBehind, recording.answer)
  }
  return undefined
}

const isAnswer = ({ role }: ReadMessage) => role === 'assistant'

function restBehind(whole: string | undefined, given: string): string | undefined {
  return whole === undefined || given.length >= whole.length || !whole.startsWith(given)
    ? undefined
    : restOf(whole, given.length)
}

const fence = /^(?:`{3,}|~{3,})/
const closingFence = /^(?:`{3,}|~{3,})[ \t]*\n/
const replaceMarker = /^>{5,9} REPLACE *$/
const pathLine = /^[^\s`]*[\w-]\.\w+$/

/**
 * The answer from `length` on. Inside a fence from the last complete block on, behind the path line and the fence; between a path
 * line and the end of its fence line from the path line on.
 */
function restOf(answer: string, length: number): string {
  let open: { head: string; complete: number } | undefined
  let previous = { line: '', at: 0 }
  let at = 0
  for (const line of answer.split('\n')) {
    const end = at + line.length + 1
    if (end > length) {
      if (open !== undefined) break
      const next = answer.slice(end, end + 3)
      if (fence.test(line) && pathLine.test(previous.line)) return answer.slice(previous.at)
      return answer.slice(pathLine.test(line) && fence.test(next) ? at : length)
    }
    if (fence.test(line)) open = open === undefined ? { head: `${previous.line}\n${line}\n`, complete: end } : undefined
    else if (open !== undefined && replaceMarker.test(line)) open.complete = end
    previous = { line, at }
    at = end
  }
  if (open === undefined) return answer.slice(length)
  const rest = answer.slice(open.complete)
  // With nothing left in it the fence would be a file without content.
  const end = closingFence.exec(rest)
  return end === null ? open.head + rest : rest.slice(end[0].length)
}
