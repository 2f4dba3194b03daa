import { limits } from '#protocol/limits.ts'
import { cerebras } from '#model/dialects.ts'
import { createOpenAiChatModel } from '#model/openai-chat.ts'
import { Framing } from '#turns/framing.ts'
import { Ticker } from '#turns/ticker.ts'
import { systemTimers } from '#turns/timers.ts'
import { TurnLog } from '#turns/turn-log.ts'
import { model, type Contender } from './orders.ts'

/** Flint's own path: adapter → turn log → framing → one viewer, whose frames are counted. */
export function runFlint(baseUrl: string): Contender {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const backend = createOpenAiChatModel({ baseUrl, apiKey: 'csk-bench-bench', dialect: cerebras, log })
  let turns = 0

  return async (prompt) => {
    const turnId = `turn-${(turns += 1)}`
    const turnLog = new TurnLog(turnId)
    const ticker = new Ticker(systemTimers, limits.frameIntervalMs, () => framing.tick())
    const framing = new Framing({ monotonicMs: systemTimers.monotonicMs, wake: () => ticker.wake(), log })
    let characters = 0
    let firstAtNs = 0n
    const read = new Promise<void>((resolve) => {
      framing.watch(
        'session',
        {
          ready: () => true,
          frame: (frame) => {
            if (firstAtNs === 0n) firstAtNs = process.hrtime.bigint()
            characters += frame.text.length
          },
          ended: () => resolve(),
        },
        [],
        async () => [],
      )
    })
    framing.open('session', turnLog)
    const startedMs = systemTimers.monotonicMs()
    const request = { model, messages: [{ role: 'user' as const, content: prompt }], maxCompletionTokens: 16_384 }
    for await (const events of backend.stream(request, new AbortController().signal)) {
      let text = ''
      let reasoning = ''
      for (const event of events) {
        if (event.type === 'text') text += event.text
        else if (event.type === 'reasoning') reasoning += event.text
      }
      if (text === '' && reasoning === '') continue
      const first = turnLog.head.text === 0
      turnLog.append({ text, reasoning, marks: [], elapsedMs: systemTimers.monotonicMs() - startedMs })
      if (first) framing.first(turnLog)
      else ticker.wake()
    }
    turnLog.end({ turnId, reason: 'complete' })
    framing.ended(turnLog)
    await read
    ticker.close()
    return { characters, firstAtNs }
  }
}
