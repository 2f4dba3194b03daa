import { expect, test } from 'vitest'
import { parseCompletionRequest } from './completion-request.ts'

const hello = { model: 'gpt-oss-120b', messages: [{ role: 'user', content: 'hello' }] }
const problemsOf = (body: unknown, endpoint: 'chat' | 'text' = 'chat') => {
  const parsed = parseCompletionRequest(endpoint, body)
  return parsed.ok ? [] : parsed.problems
}
const conversation = (...messages: object[]) => ({ model: 'gpt-oss-120b', messages })

test('every documented field is accepted, and null for every optional one of the body', () => {
  const full = {
    ...hello,
    clear_thinking: false,
    disable_reasoning: false,
    frequency_penalty: -2,
    logit_bias: { 50256: -100 },
    logprobs: true,
    max_completion_tokens: -1,
    max_tokens: 100,
    min_completion_tokens: 1,
    min_tokens: 0,
    model_parameters: { anything: 1 },
    n: 1,
    parallel_tool_calls: true,
    prediction: { type: 'content', content: [{ type: 'text', text: 'a' }] },
    presence_penalty: 2,
    prompt_cache_key: 'k'.repeat(1024),
    reasoning_effort: 'low',
    reasoning_format: 'parsed',
    response_format: { type: 'json_schema', json_schema: { name: 'a', description: 'b', schema: { a: 1 }, strict: true } },
    seed: 1,
    service_tier: 'auto',
    stop: ['a', 'b', 'c', 'd'],
    stream: true,
    stream_options: { include_usage: true },
    temperature: 2,
    tool_choice: { type: 'function', function: { name: 'a' } },
    tools: [{ type: 'function', function: { name: 'a', description: 'b', parameters: { type: 'object' }, strict: false } }],
    top_logprobs: 20,
    top_p: 1,
    user: 'u',
  }
  expect(problemsOf(full)).toEqual([])
  const nulls = Object.fromEntries(Object.keys(full).map((key) => [key, null]))
  expect(problemsOf({ ...nulls, ...hello })).toEqual([])
})

test('every role is accepted with its fields', () => {
  const parts = [
    { type: 'text', text: 'a' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } },
    { type: 'image', image: 'AA==' },
  ]
  const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' }, index: 0 }
  expect(
    problemsOf(
      conversation(
        { role: 'system', content: 'a', name: 'n' },
        { role: 'developer', content: parts },
        { role: 'user', content: parts },
        { role: 'assistant', content: null, reasoning: 'because', tool_calls: [call] },
        { role: 'tool', content: [{ type: 'text', text: 'a' }], tool_call_id: 'c' },
        { role: 'assistant' },
      ),
    ),
  ).toEqual([])
})

test.each([
  [{ ...hello, store: true }, ["body.store: property 'body.store' is unsupported"]],
  [
    conversation({ role: 'user', content: 'a' }, { role: 'assistant', content: 'b', reasoning_content: 'c' }),
    ["messages.1.assistant.reasoning_content: property 'messages.1.assistant.reasoning_content' is unsupported"],
  ],
  [{ ...hello, stream_options: { usage: 1 } }, ["stream_options.usage: property 'stream_options.usage' is unsupported"]],
  [
    { ...hello, tools: [{ type: 'function', function: { name: 'a', extra: 1 } }] },
    ["tools.0.function.extra: property 'tools.0.function.extra' is unsupported"],
  ],
  [
    JSON.parse('{"__proto__":1,"model":"m","messages":[{"role":"user","content":""}]}'),
    ["body.__proto__: property 'body.__proto__' is unsupported"],
  ],
  [{}, ['body.model: is required', 'body.messages: is required']],
  [[], ['body: must be an object']],
  ['text', ['body: must be an object']],
  [{ ...hello, model: null }, ['body.model: must be a string']],
  [{ ...hello, messages: [] }, ['body.messages: must have at least 1 item']],
  [conversation({ content: 'a' }), ['messages.0.role: must be one of system, developer, user, assistant, tool']],
  [conversation({ role: 'constructor' }), ['messages.0.role: must be one of system, developer, user, assistant, tool']],
  [conversation({ role: 'user' }), ['messages.0.user.content: is required']],
  [conversation({ role: 'user', content: 1 }), ['messages.0.user.content: must be a string or an array']],
  [conversation({ role: 'tool', content: 'a' }), ['messages.0.tool.tool_call_id: is required']],
  [
    conversation({ role: 'user', content: [{ type: 'video' }] }),
    ['messages.0.user.content.0.type: must be one of text, image_url, image'],
  ],
  [conversation('hello' as unknown as object), ['messages.0: must be an object']],
  [{ ...hello, max_completion_tokens: -2 }, ['body.max_completion_tokens: must be at least -1']],
  [{ ...hello, max_completion_tokens: 1.5 }, ['body.max_completion_tokens: must be an integer']],
  [{ ...hello, temperature: 2.1 }, ['body.temperature: must be at most 2']],
  [{ ...hello, temperature: '1' }, ['body.temperature: must be a number']],
  [{ ...hello, top_p: -0.1 }, ['body.top_p: must be at least 0']],
  [{ ...hello, presence_penalty: 3 }, ['body.presence_penalty: must be at most 2']],
  [{ ...hello, frequency_penalty: -3 }, ['body.frequency_penalty: must be at least -2']],
  [{ ...hello, top_logprobs: 21 }, ['body.top_logprobs: must be at most 20']],
  [{ ...hello, n: 0 }, ['body.n: must be at least 1']],
  [{ ...hello, stop: ['a', 'b', 'c', 'd', 'e'] }, ['body.stop: must have at most 4 items']],
  [{ ...hello, stream: 'yes' }, ['body.stream: must be a boolean']],
  [{ ...hello, prompt_cache_key: 'k'.repeat(1025) }, ['body.prompt_cache_key: must have at most 1024 characters']],
  [{ ...hello, reasoning_effort: 'extreme' }, ['body.reasoning_effort: must be one of none, low, medium, high']],
  [{ ...hello, tool_choice: 'always' }, ['body.tool_choice: must be one of none, auto, required']],
  [
    { ...hello, store: true, temperature: 3, messages: [{ role: 'user', content: 'a', cache_control: {} }] },
    [
      "body.store: property 'body.store' is unsupported",
      'body.temperature: must be at most 2',
      "messages.0.user.cache_control: property 'messages.0.user.cache_control' is unsupported",
    ],
  ],
  [{ ...hello, reasoning_effort: 'none' }, ['body.reasoning_effort: must be one of low, medium, high for gpt-oss-120b']],
  [
    { ...hello, stream: true, response_format: { type: 'json_object' } },
    ['body.response_format: json_object cannot be streamed'],
  ],
  [
    { ...hello, response_format: { type: 'json_object' }, reasoning_format: 'raw' },
    ['body.reasoning_format: raw is not allowed with a JSON response_format'],
  ],
  [{ ...hello, n: 2 }, ['body.n: the replay backend plays one answer per request']],
])('%j is refused with %j', (body, problems) => {
  expect([...problemsOf(body)].sort()).toEqual([...problems].sort())
})

test('qwen may be asked not to reason', () => {
  expect(problemsOf({ ...hello, model: 'qwen-3.8-27b', reasoning_effort: 'none' })).toEqual([])
})

test('a text request has its own fields', () => {
  const full = {
    model: 'gpt-oss-120b',
    prompt: 'hello',
    best_of: 1,
    echo: false,
    grammar_root: 'g',
    logprobs: 20,
    max_tokens: 5,
    return_raw_tokens: false,
    suffix: 'end',
    stop: 'x',
  }
  expect(problemsOf(full, 'text')).toEqual([])
  expect(problemsOf({ ...full, prompt: ['hello'] }, 'text')).toEqual([])
  expect(problemsOf({ ...full, messages: [] }, 'text')).toEqual(["body.messages: property 'body.messages' is unsupported"])
  expect(problemsOf({ ...full, prompt: [[1, 2]] }, 'text')).toEqual([
    'body.prompt: the replay backend reads one prompt, as text',
  ])
  expect(problemsOf({ ...full, prompt: 5 }, 'text')).toEqual(['body.prompt: must be a string or an array'])
})

test('what a valid chat request comes down to', () => {
  const body = {
    model: 'gpt-oss-120b',
    stream: true,
    max_completion_tokens: 500,
    stop: 'END',
    reasoning_format: 'hidden',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'files' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Add a ' },
          { type: 'text', text: 'pause key' },
        ],
      },
      { role: 'assistant', content: 'Done', reasoning: 'hm ' },
    ],
  }
  expect(parseCompletionRequest('chat', body)).toEqual({
    ok: true,
    request: {
      endpoint: 'chat',
      model: 'gpt-oss-120b',
      stream: true,
      messages: [
        { role: 'system', text: 'Be brief.' },
        { role: 'user', text: 'files' },
        { role: 'user', text: 'Add a pause key' },
        { role: 'assistant', text: 'hm Done' },
      ],
      prompt: 'Add a pause key',
      maxCompletionTokens: 500,
      stop: ['END'],
      reasoning: 'hidden',
    },
  })
})
