import type { HttpFailure } from '#protocol/http.ts'

/** `unreachable`: no answer came; `aborted`: the person stopped it. */
export type CallFailure = HttpFailure['error']['code'] | 'unreachable' | 'aborted'
export type CallResult<Value> = { ok: true; value: Value } | { ok: false; code: CallFailure }

/** Calls the server's HTTP API. Never throws. */
export async function call<Value>(path: string, init: RequestInit = {}): Promise<CallResult<Value>> {
  try {
    const response = await send(path, init)
    if (!response.ok) return { ok: false, code: await failureOf(response) }
    const body: unknown = await response.json().catch(() => undefined)
    return body === undefined ? { ok: false, code: 'internal' } : { ok: true, value: body as Value }
  } catch {
    return { ok: false, code: init.signal?.aborted ? 'aborted' : 'unreachable' }
  }
}

/** The request with what the server asks of one that changes something. Rejects as `fetch` does. */
export function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  if (init.method !== undefined) headers.set('x-flint', '1')
  return fetch(path, { ...init, headers })
}

/** Why a call was refused. */
export async function failureOf(response: Response): Promise<CallFailure> {
  const body = (await response.json().catch(() => undefined)) as HttpFailure | undefined
  return body?.error?.code ?? 'internal'
}

export function json(method: 'POST' | 'PATCH', body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}
