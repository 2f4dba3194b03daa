import { createCerebras } from '@ai-sdk/cerebras'
import { streamText } from 'ai'
import { model, type Contender } from './orders.ts'

/** The peer: `streamText` over `@ai-sdk/cerebras`, as a route handler would send it to a browser. */
export function runAiSdk(baseUrl: string): Contender {
  const cerebras = createCerebras({ baseURL: `${baseUrl}/v1`, apiKey: 'csk-bench-bench' })
  return async (prompt) => {
    const answer = streamText({ model: cerebras(model), prompt, maxOutputTokens: 16_384, maxRetries: 0 })
    const body = answer.toUIMessageStreamResponse().body
    if (body === null) throw new Error('the response has no body')
    const decoder = new TextDecoder()
    let characters = 0
    let firstAtNs = 0n
    for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
      const text = decoder.decode(bytes, { stream: true })
      if (firstAtNs === 0n && text.includes('"text-delta"')) firstAtNs = process.hrtime.bigint()
      characters += text.length
    }
    return { characters, firstAtNs }
  }
}
