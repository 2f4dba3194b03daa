import type { ModelMessage } from '#model/model.ts'
import type { TurnRecord } from '#store/store.ts'
import { trimMiddle } from './text-budget.ts'

/** Longest prompt and answer that are repeated in full; the newest answer may be longer, because a person may refer to all of it. */
const longestEarlierText = 6_000
const longestNewestText = 24_000

/** Earlier turns as messages, oldest first, as many of the newest as fit. Turns that brought no text are left out. */
export function historyMessages(
  turns: readonly Pick<TurnRecord, 'prompt' | 'text' | 'status'>[],
  characters: number,
): ModelMessage[] {
  const messages: ModelMessage[] = []
  let left = characters
  for (const turn of turns.filter(({ status, text }) => status === 'ended' && text.trim() !== '').toReversed()) {
    const longest = messages.length === 0 ? longestNewestText : longestEarlierText
    const prompt = trimMiddle(turn.prompt, longestEarlierText)
    const answer = trimMiddle(turn.text, longest)
    left -= prompt.length + answer.length
    if (left < 0) break
    messages.unshift({ role: 'user', content: prompt }, { role: 'assistant', content: answer })
  }
  return messages
}
