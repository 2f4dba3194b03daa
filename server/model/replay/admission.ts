import { contextTooLong, modelNotFound, type ApiError } from './api-errors.ts'
import type { CompletionRequest } from './completion-request.ts'
import { prefixBlocks, type PrefixCache } from './prefix-cache.ts'
import type { Admission as LimitsAdmission, RateLimits } from './rate-limits.ts'
import { findServedModel, type ServedModel } from './served-models.ts'
import { tokenIds } from './tokens.ts'

export type Admission =
  | {
      ok: true
      model: ServedModel
      promptTokens: number
      cachedTokens: number
      maxCompletionTokens: number
      /** Rate-limit headers for the response. */
      headers: Record<string, string>
      settle: Extract<LimitsAdmission, { ok: true }>['settle']
    }
  | { ok: false; error: ApiError }

export type AdmissionOptions = {
  request: CompletionRequest
  /** Set for a generated answer, which has its own length and no cap. */
  generatedTokens: number | undefined
  limitsOf: (model: string) => RateLimits
  cache: PrefixCache
}

/** Checks model, context length and limits in the provider's order, and reserves the cap with the limits. */
export function admit({ request, generatedTokens, limitsOf, cache }: AdmissionOptions): Admission {
  const model = findServedModel(request.model)
  if (!model) return { ok: false, error: modelNotFound(request.model) }

  const ids = promptIds(request)
  const asked = generatedTokens === undefined ? (request.maxCompletionTokens ?? 0) : 0
  if (ids.length + asked > model.contextTokens)
    return { ok: false, error: contextTooLong(ids.length + asked, model.contextTokens) }
  const room = Math.min(model.outputTokens, model.contextTokens - ids.length)
  const maxCompletionTokens = generatedTokens ?? Math.min(request.maxCompletionTokens ?? room, room)

  const blocks = prefixBlocks(model.id, ids)
  const cachedTokens = cache.cachedTokens(blocks)
  const admission = limitsOf(model.id).admit({ promptTokens: ids.length, cachedTokens, maxCompletionTokens })
  if (!admission.ok) return admission
  cache.remember(blocks)
  return { ...admission, model, promptTokens: ids.length, cachedTokens, maxCompletionTokens }
}

/** Ids of the special tokens that frame a message in OpenAI's harmony format. */
const harmony = { start: 200_006, end: 200_007, message: 200_008 }

function promptIds(request: CompletionRequest): Uint32Array {
  const ids = request.messages.flatMap(({ role, text }) =>
    request.endpoint === 'text'
      ? [...tokenIds(text)]
      : [harmony.start, ...tokenIds(role), harmony.message, ...tokenIds(text), harmony.end],
  )
  return Uint32Array.from(request.endpoint === 'text' ? ids : [...ids, harmony.start, ...tokenIds('assistant')])
}
