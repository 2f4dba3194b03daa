import type { ChatCompletionCreateParamsStreaming } from '@cerebras/cerebras_cloud_sdk/resources/chat/completions'
import { expect, test } from 'vitest'
import { cerebras, type Dialect } from '../dialects.ts'
import type { ModelRequest } from '../model.ts'
import { chatBody } from './request-body.ts'

const request: ModelRequest = {
  model: 'gpt-oss-120b',
  messages: [
    { role: 'system', content: 'You edit files.' },
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: 'hi' },
  ],
  maxCompletionTokens: 2_048,
  temperature: 0,
  reasoningEffort: 'low',
  stop: ['END'],
  sampleId: 'snake',
}

test("the body has the types of the provider's own client", () => {
  const body = chatBody(request, cerebras, new Set()) satisfies ChatCompletionCreateParamsStreaming
  expect(body).toEqual({
    model: 'gpt-oss-120b',
    messages: request.messages,
    max_completion_tokens: 2_048,
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0,
    reasoning_effort: 'low',
    stop: ['END'],
  })
})

test('what is not given is not sent', () => {
  const { model, messages, maxCompletionTokens } = request
  expect(chatBody({ model, messages, maxCompletionTokens }, cerebras, new Set())).toEqual({
    model,
    messages,
    max_completion_tokens: 2_048,
    stream: true,
    stream_options: { include_usage: true },
  })
})

test('a dialect names its own token limit and leaves out what its backend does not accept', () => {
  const strict: Dialect = { ...cerebras, maxTokensField: 'max_tokens', optionalFields: ['temperature', 'stop'] }
  expect(chatBody(request, strict, new Set(['stop']))).toEqual({
    model: 'gpt-oss-120b',
    messages: request.messages,
    max_tokens: 2_048,
    stream: true,
    temperature: 0,
  })
})
