import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { Dialect, OptionalField } from '../dialects.ts'
import type { ModelMessage, ModelRequest } from '../model.ts'

const compress = promisify(gzip)

export type ChatBody = {
  model: string
  messages: ModelMessage[]
  stream: true
  max_completion_tokens?: number
  max_tokens?: number
} & OptionalFields

type OptionalFields = {
  stream_options?: { include_usage: true }
  temperature?: number
  reasoning_effort?: 'none' | 'low' | 'medium' | 'high'
  stop?: string[]
}

/** The chat request as the dialect allows it, without the fields that the backend has just refused. */
export function chatBody(request: ModelRequest, dialect: Dialect, without: ReadonlySet<OptionalField>): ChatBody {
  const { temperature, reasoningEffort, stop } = request
  const optional: OptionalFields = {
    // Some backends tell the usage only when asked.
    stream_options: { include_usage: true },
    ...(temperature !== undefined && { temperature }),
    ...(reasoningEffort !== undefined && { reasoning_effort: reasoningEffort }),
    ...(stop !== undefined && { stop }),
  }
  for (const field of Object.keys(optional) as OptionalField[]) {
    if (without.has(field) || !dialect.optionalFields.includes(field)) delete optional[field]
  }
  return {
    model: request.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    [dialect.maxTokensField]: request.maxCompletionTokens,
    stream: true,
    ...optional,
  }
}

/** Compact JSON, gzipped (off the main thread) from the dialect's threshold on: long prompts travel over slow uplinks too. */
export async function encodeBody(
  body: ChatBody,
  dialect: Dialect,
): Promise<{ bytes: Buffer; headers: Record<string, string> }> {
  const bytes = Buffer.from(JSON.stringify(body))
  const headers = { 'content-type': 'application/json' }
  if (dialect.gzipFromBytes === null || bytes.byteLength < dialect.gzipFromBytes) return { bytes, headers }
  return {
    bytes: await compress(bytes, { level: constants.Z_BEST_SPEED }),
    headers: { ...headers, 'content-encoding': 'gzip' },
  }
}
