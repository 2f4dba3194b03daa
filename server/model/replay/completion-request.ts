import { findServedModel } from './served-models.ts'
import { findProblems } from './shape.ts'
import { chatRequestShape, textRequestShape } from './request-shapes.ts'

/** `raw` puts the reasoning into the content, between think tags; `omitted` means that there is none at all. */
export type ReasoningFormat = 'parsed' | 'raw' | 'hidden' | 'omitted'

/** What both endpoints come down to, once a request is known to be valid. */
export type CompletionRequest = {
  endpoint: 'chat' | 'text'
  model: string
  stream: boolean
  /** In the order in which the model reads them. */
  messages: { role: string; text: string }[]
  /** What is to be answered: the last user message, or the raw prompt. */
  prompt: string
  /** Undefined without a cap. */
  maxCompletionTokens: number | undefined
  stop: string[]
  reasoning: ReasoningFormat
}

export type ParsedRequest = { ok: true; request: CompletionRequest } | { ok: false; problems: string[] }

type Content = string | { type: string; text?: string }[] | null | undefined

/** As validated by the shape; `null` is an absent field. */
type Body = {
  model: string
  stream?: boolean | null
  messages?: { role: string; content?: Content; reasoning?: Content; tool_calls?: unknown }[]
  prompt?: string | (string | number | number[])[]
  max_completion_tokens?: number | null
  max_tokens?: number | null
  n?: number | null
  best_of?: number | null
  stop?: string | string[] | null
  reasoning_effort?: string | null
  reasoning_format?: string | null
  response_format?: { type: string } | null
}

/** Checks a decoded body against the endpoint's fields and ranges, then against the rules between fields. */
export function parseCompletionRequest(endpoint: 'chat' | 'text', value: unknown): ParsedRequest {
  const problems = findProblems(endpoint === 'chat' ? chatRequestShape : textRequestShape, value)
  if (problems.length > 0) return { ok: false, problems }
  const body = value as Body
  const conflicts = findConflicts(body)
  if (conflicts.length > 0) return { ok: false, problems: conflicts }

  const messages =
    endpoint === 'chat'
      ? (body.messages ?? []).map((message) => ({ role: message.role, text: messageText(message) }))
      : [{ role: 'user', text: typeof body.prompt === 'string' ? body.prompt : String(body.prompt?.[0] ?? '') }]
  const cap = body.max_completion_tokens ?? body.max_tokens ?? 0
  return {
    ok: true,
    request: {
      endpoint,
      model: body.model,
      stream: body.stream ?? false,
      messages,
      prompt: messages.findLast((message) => message.role === 'user')?.text ?? '',
      maxCompletionTokens: cap > 0 ? cap : undefined,
      stop: [body.stop ?? []].flat().filter((text) => text !== ''),
      reasoning: endpoint === 'chat' ? reasoningOf(body) : 'omitted',
    },
  }
}

function findConflicts(body: Body): string[] {
  const problems: string[] = []
  const jsonFormat = body.response_format?.type.startsWith('json') ?? false
  if (body.response_format?.type === 'json_object' && body.stream)
    problems.push('body.response_format: json_object cannot be streamed')
  if (jsonFormat && body.reasoning_format === 'raw')
    problems.push('body.reasoning_format: raw is not allowed with a JSON response_format')
  const efforts = findServedModel(body.model)?.reasoningEfforts
  if (body.reasoning_effort && efforts && !efforts.includes(body.reasoning_effort))
    problems.push(`body.reasoning_effort: must be one of ${efforts.join(', ')} for ${body.model}`)
  if ((body.n ?? 1) > 1 || (body.best_of ?? 1) > 1) problems.push('body.n: the replay backend plays one answer per request')
  if (Array.isArray(body.prompt) && (body.prompt.length !== 1 || typeof body.prompt[0] !== 'string'))
    problems.push('body.prompt: the replay backend reads one prompt, as text')
  return problems
}

function messageText(message: { content?: Content; reasoning?: Content; tool_calls?: unknown }): string {
  const calls = message.tool_calls ? JSON.stringify(message.tool_calls) : ''
  return textOf(message.reasoning) + textOf(message.content) + calls
}

function textOf(content: Content): string {
  if (typeof content === 'string') return content
  return (content ?? []).map((part) => part.text ?? '').join('')
}

function reasoningOf(body: Body): ReasoningFormat {
  if (body.reasoning_effort === 'none') return 'omitted'
  if (body.reasoning_format === 'raw' || body.reasoning_format === 'hidden') return body.reasoning_format
  return 'parsed'
}
