import type { ModelRequest } from '#model/model.ts'
import type { AskedFormat } from './system-text.ts'

/** What a request to a model may cost, in tokens, and how the model is asked for edits. */
export type ModelBudget = {
  /** Context window that every account has, the answer included. */
  contextTokens: number
  /** Reserved with the provider's limiter in full, so modest: an answer with several edits rarely has more than 4,000. */
  maxCompletionTokens: number
  /** Thinking delays the first edit; where the model allows to say so, little of it. */
  reasoningEffort?: NonNullable<ModelRequest['reasoningEffort']>
  editFormat: AskedFormat
}

const unknown: ModelBudget = { contextTokens: 32_768, maxCompletionTokens: 8_192, editFormat: 'search_replace' }

/** Windows as served without a paid plan (inference-docs.cerebras.ai/models). */
const known = new Map<string, ModelBudget>([
  ['gpt-oss-120b', { contextTokens: 65_536, maxCompletionTokens: 8_192, reasoningEffort: 'low', editFormat: 'search_replace' }],
  ['qwen-3.8-27b', { contextTokens: 65_536, maxCompletionTokens: 8_192, reasoningEffort: 'low', editFormat: 'search_replace' }],
])

/** Models that were trained to write patches, by whichever provider they are served. */
const writesPatches = /(?:^|\/)gpt-5(?:$|[.:-])/

export function budgetOf(model: string): ModelBudget {
  const budget = known.get(model) ?? unknown
  return writesPatches.test(model) ? { ...budget, editFormat: 'patch' } : budget
}
