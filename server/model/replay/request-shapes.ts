import type { ObjectShape, Shape } from './shape.ts'

/** The fields of both endpoints, their types and ranges, as the provider documents them (validation version 2). */

const string: Shape = { type: 'string' }
const boolean: Shape = { type: 'boolean' }
const integer: Shape = { type: 'integer' }
const map: Shape = { type: 'map' }
const oneOf = (...values: string[]): Shape => ({ type: 'string', oneOf: values })
const range = (min: number, max: number): Shape => ({ type: 'number', min, max })
const arrayOf = (items: Shape): Shape => ({ type: 'array', items })
const either = (...shapes: Shape[]): Shape => ({ type: 'either', shapes })
const object = (required: Record<string, Shape>, optional: Record<string, Shape> = {}): ObjectShape => ({
  type: 'object',
  required,
  optional,
})

const tokenCap: Shape = { type: 'integer', min: -1 }
const atLeastOne: Shape = { type: 'integer', min: 1 }
const stop = either(string, { type: 'array', items: string, maxItems: 4 })
const topLogprobs: Shape = { type: 'integer', min: 0, max: 20 }

const textPart = object({ type: oneOf('text'), text: string })
const textContent = either(string, arrayOf(textPart))
const mixedContent = either(
  string,
  arrayOf({
    type: 'tagged',
    tag: 'type',
    inPath: false,
    variants: {
      text: textPart,
      image_url: object({ type: string, image_url: object({ url: string }, { detail: string }) }),
      image: object({ type: string, image: string }),
    },
  }),
)

const toolCall = object(
  { id: string, type: oneOf('function'), function: object({ name: string, arguments: string }) },
  { index: integer },
)
const speaker = object({ role: string, content: mixedContent }, { name: string })
const message: Shape = {
  type: 'tagged',
  tag: 'role',
  inPath: true,
  variants: {
    system: speaker,
    developer: speaker,
    user: speaker,
    assistant: object(
      { role: string },
      { content: textContent, name: string, reasoning: textContent, tool_calls: arrayOf(toolCall) },
    ),
    tool: object({ role: string, content: textContent, tool_call_id: string }, { name: string }),
  },
}

const tool = object({
  type: oneOf('function'),
  function: object({ name: string }, { description: string, parameters: map, strict: boolean }),
})

const responseFormat: Shape = {
  type: 'tagged',
  tag: 'type',
  inPath: false,
  variants: {
    text: object({ type: string }),
    json_object: object({ type: string }),
    json_schema: object({
      type: string,
      json_schema: object({ name: string }, { description: string, schema: map, strict: boolean }),
    }),
  },
}

const sampling = {
  frequency_penalty: range(-2, 2),
  logit_bias: map,
  min_tokens: tokenCap,
  n: atLeastOne,
  presence_penalty: range(-2, 2),
  prompt_cache_key: { type: 'string', maxLength: 1024 },
  reasoning_format: oneOf('none', 'parsed', 'text_parsed', 'raw', 'hidden'),
  seed: integer,
  stop,
  stream: boolean,
  stream_options: object({}, { include_usage: boolean }),
  temperature: range(0, 2),
  top_p: range(0, 1),
  user: string,
} satisfies Record<string, Shape>

export const chatRequestShape = object(
  { model: string, messages: { type: 'array', items: message, minItems: 1 } },
  {
    ...sampling,
    clear_thinking: boolean,
    disable_reasoning: boolean,
    logprobs: boolean,
    max_completion_tokens: tokenCap,
    max_tokens: tokenCap,
    min_completion_tokens: tokenCap,
    model_parameters: map,
    parallel_tool_calls: boolean,
    prediction: object({ type: oneOf('content'), content: textContent }),
    reasoning_effort: oneOf('none', 'low', 'medium', 'high'),
    response_format: responseFormat,
    service_tier: oneOf('auto', 'default', 'flex', 'priority'),
    tool_choice: either(
      oneOf('none', 'auto', 'required'),
      object({ type: oneOf('function'), function: object({ name: string }) }),
    ),
    tools: arrayOf(tool),
    top_logprobs: topLogprobs,
  },
)

export const textRequestShape = object(
  { model: string, prompt: either(string, arrayOf(either(string, integer, arrayOf(integer)))) },
  {
    ...sampling,
    best_of: atLeastOne,
    echo: boolean,
    grammar_root: string,
    logprobs: topLogprobs,
    max_tokens: tokenCap,
    return_raw_tokens: boolean,
    suffix: string,
  },
)
