import type { TokenisedAnswer } from './answer-frames.ts'
import type { ReasoningFormat } from './completion-request.ts'
import { continuedAnswer, type ReadMessage } from './continuation.ts'
import { faultDescriptions, type Fault, type FaultPrompt } from './faults.ts'
import { generatedEdits } from './generated-edits.ts'
import { generatedFile, generatedMixture, generatedProse } from './generated-text.ts'
import { findInlineRecording, findRecording, recordedPrompts, type Recording } from './recordings.ts'
import { tokenTexts } from './tokens.ts'

/** The longest answer that is generated. */
export const longestGeneratedTokens = 200_000

export type Answer = {
  reasoning: string
  content: string | string[]
  /** A generated answer has the length that was asked for, whatever cap the request names. */
  generated: boolean
}

/** The answer to a prompt that `parseFaultPrompt` did not recognise, or to what is left of one. */
export function findAnswer(
  recordings: readonly Recording[],
  sampleId: string | undefined,
  prompt: string,
  messages: readonly ReadMessage[] = [],
): Answer {
  const generated = generateAnswer(prompt)
  if (generated) return { reasoning: '', content: generated, generated: true }
  const recording = findRecording(recordings, sampleId, prompt)
  if (recording) return { reasoning: recording.reasoning, content: recording.answer, generated: false }
  const rest = continuedAnswer(recordings, sampleId, messages)
  if (rest !== undefined) return { reasoning: '', content: rest, generated: false }
  const prompts = recordedPrompts(recordings, sampleId).filter(({ selection }) => selection === undefined)
  return { reasoning: '', content: noRecording(prompts, sampleId), generated: false }
}

/** The answer to an inline edit. Where there is none, it is one sentence without a code block, so that nothing is changed. */
export function findInlineAnswer(
  recordings: readonly Recording[],
  sampleId: string | undefined,
  prompt: string,
  selectionHash: string,
): Answer {
  const recording = findInlineRecording(recordings, sampleId, prompt, selectionHash)
  if (recording) return { reasoning: recording.reasoning, content: recording.answer, generated: false }
  const content =
    'There is no recorded answer to this prompt for these lines: this is a replay, no model reads them; set ' +
    '`CEREBRAS_API_KEY` and start Flint again to ask a real one.\n'
  return { reasoning: '', content, generated: false }
}

/** What a `/fault` prompt without a prompt of its own answers, as far as the fault lets it. */
export function describeFault(asked: FaultPrompt): Answer {
  const content = asked.fault ? faultStory(asked.fault) : `There is no such fault. The faults are:\n\n${faultList}\n`
  return { reasoning: '', content, generated: false }
}

function generateAnswer(prompt: string): string[] | undefined {
  const words = prompt.trim().split(/\s+/)
  const tokens = Number(words.at(-1))
  if (!Number.isInteger(tokens) || tokens < 1 || tokens > longestGeneratedTokens) return undefined
  if (words[0] === '/stream' && words.length === 2) return generatedProse(tokens)
  const [files = 0, changes = 0] = words.slice(1, 3).map(Number)
  if (words[0] === '/change-stream' && words.length === 4 && isCount(files) && isCount(changes))
    return generatedEdits(files, changes, tokens)
  const path = words[1]
  if (words.length !== 3 || path === undefined) return undefined
  if (words[0] === '/edit-stream') return generatedFile(path, tokens)
  if (words[0] === '/append-stream') return generatedMixture(path, tokens)
  return undefined
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= 10_000
}

function noRecording(prompts: { title: string; prompt: string }[], sampleId: string | undefined): string {
  const offer =
    prompts.length > 0
      ? `It has answers to these prompts for this sample:\n\n${prompts.map(({ prompt }) => `* ${prompt}`).join('\n')}`
      : sampleId === undefined
        ? 'This session did not start from a sample, so there are none for it: start one from a sample to see them.'
        : 'There are none for this session: start one from a sample to see them.'
  return (
    `There is no recorded answer to this prompt. You are talking to Flint's **replay backend**, which plays answers that ` +
    `were written down before; no model reads what you type.\n\n${offer}\n\n` +
    `To ask a real model, set \`CEREBRAS_API_KEY\` and start Flint again.\n`
  )
}

const faultList = Object.entries(faultDescriptions)
  .map(([name, description]) => `* \`/fault ${name}\` ${description}`)
  .join('\n')

function faultStory(fault: Fault): string {
  return (
    `This answer shows the fault \`${fault.name}\`: the replay backend ${faultDescriptions[fault.name]}.\n\n` +
    'It is a short text, so that there is something to break. A few more words follow, with characters that take ' +
    'several bytes each: naïve, 東京, 👩‍🚀. If you can read this line to its end, nothing cut the answer off.\n'
  )
}

/** The texts of an answer's tokens, cut at the first stop sequence and then to the cap. */
export function tokeniseAnswer(
  answer: Answer,
  options: { reasoning: ReasoningFormat; stop: readonly string[]; maxTokens: number },
): TokenisedAnswer {
  if (Array.isArray(answer.content)) return { reasoning: [], content: answer.content, finishReason: 'stop' }
  const thinks = answer.reasoning !== '' && options.reasoning !== 'omitted'
  const inline = thinks && options.reasoning === 'raw' ? `<think>\n${answer.reasoning}\n</think>\n\n` : ''
  const thought = thinks && options.reasoning !== 'raw' ? tokenTexts(answer.reasoning) : []
  // Hidden reasoning takes its time and is billed, but has no text.
  const reasoning = options.reasoning === 'hidden' ? thought.map(() => '') : thought
  const content = tokenTexts(inline + cutAtStop(answer.content, options.stop))
  const finishReason = reasoning.length + content.length > options.maxTokens ? 'length' : 'stop'
  return {
    reasoning: reasoning.slice(0, options.maxTokens),
    content: content.slice(0, Math.max(0, options.maxTokens - reasoning.length)),
    finishReason,
  }
}

function cutAtStop(text: string, stop: readonly string[]): string {
  const places = stop.map((sequence) => text.indexOf(sequence)).filter((place) => place !== -1)
  return text.slice(0, Math.min(text.length, ...places))
}
