/** What an error body says, without its wording: messages may repeat prompt text and change at any time. */
export type ErrorBody = {
  status?: number
  code?: string
  type?: string
  param?: string
  /** Top-level request fields that the backend says it does not accept. */
  refusedFields: string[]
}

const fieldName = /^[a-z][a-z0-9_]*$/

/**
 * Reads every known shape: flat `{message,type,param,code}`, nested `{status_code,error:{…}}`, `{detail}` and `{error: text}`.
 * A numeric code is the HTTP status (vLLM, OpenRouter).
 */
export function readErrorBody(value: unknown): ErrorBody {
  if (!isRecord(value)) return { refusedFields: [] }
  const inner = isRecord(value.error) ? value.error : value
  const status = httpStatus(value.status_code) ?? httpStatus(inner.status_code) ?? httpStatus(inner.code)
  const code = nonEmpty(inner.code)
  const type = nonEmpty(inner.type)
  const param = nonEmpty(inner.param)
  return {
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(type !== undefined && { type }),
    ...(param !== undefined && { param }),
    refusedFields: refusedFields(param, nonEmpty(inner.message)),
  }
}

/** Reads a body that may be anything, such as a proxy's HTML page or nothing. */
export function parseErrorBody(text: string): ErrorBody {
  try {
    return readErrorBody(JSON.parse(text))
  } catch {
    return { refusedFields: [] }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * OpenAI names the field in `param`; Cerebras says `validation_error` there and starts each line of the message with the
 * dotted path, `body.store: …` for a top-level field. Only the path is read, which is part of the format, not of the wording.
 */
function refusedFields(param: string | undefined, message: string | undefined): string[] {
  const paths = (message ?? '').split('\n').map((line) => /^body\.([^.:\s]+)/.exec(line)?.[1])
  return [param, ...paths].filter((name) => name !== undefined && fieldName.test(name)) as string[]
}

function httpStatus(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 400 && value < 600 ? value : undefined
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
