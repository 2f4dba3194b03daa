import { createParser } from 'eventsource-parser'
import { onTestFinished } from 'vitest'
import { createReplayServer, type ReplayServerOptions } from './replay-server.ts'

/** Starts a server on a free port, instant unless told otherwise, and closes it with the test. */
export async function startServer(options: Partial<ReplayServerOptions> = {}): Promise<string> {
  const server = createReplayServer({ tokensPerSecond: 0, ttftMs: 0, recordings: [], ...options })
  onTestFinished(() => server.close())
  return server.listen(0, '127.0.0.1')
}

export function postChat(
  url: string,
  body: object,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer csk-test', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  })
}

export const ask = (prompt: string, changes: object = {}) => ({
  model: 'gpt-oss-120b',
  stream: true,
  messages: [{ role: 'user', content: prompt }],
  ...changes,
})

type Chunk = { choices: { delta: { content?: string; reasoning?: string }; finish_reason?: string }[] | null }

/** What a stream said, read with the parser that Flint itself uses. `events` are the payloads, `[DONE]` included. */
export function readEvents(text: string): { events: string[]; content: string; reasoning: string; finishReasons: string[] } {
  const events: string[] = []
  const parser = createParser({ onEvent: ({ data }) => events.push(data) })
  parser.feed(text)
  const choices = events.filter((data) => data !== '[DONE]').flatMap((data) => (JSON.parse(data) as Chunk).choices ?? [])
  return {
    events,
    content: choices.map(({ delta }) => delta.content ?? '').join(''),
    reasoning: choices.map(({ delta }) => delta.reasoning ?? '').join(''),
    finishReasons: choices.flatMap((choice) => choice.finish_reason ?? []),
  }
}
