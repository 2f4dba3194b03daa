import type { ModelRequest } from '#model/model.ts'

/** What a request to a model may cost, in tokens. */
export type ModelBudget = {
  /** Context window that every account has, the answer included. */
  contextTokens: number
  /** Reserved with the provider's limiter in full, so modest: an answer with several edits rarely has more than 4,000. */
  maxCompletionTokens: number
  /** Thinking delays the first edit; where the model allows to say so, little of it. */
  reasoningEffort?: NonNullable<ModelRequest['reasoningEffort']>
}

const unknown: ModelBudget = { contextTokens: 32_768, maxCompletionTokens: 8_192 }

/** Windows as served without a paid plan (inference-docs.cerebras.ai/models). */
const known = new Map<string, ModelBudget>([
  ['gpt-oss-120b', { contextTokens: 65_536, maxCompletionTokens: 8_192, reasoningEffort: 'low' }],
  ['qwen-3.8-27b', { contextTokens: 65_536, maxCompletionTokens: 8_192, reasoningEffort: 'low' }],
])

export function budgetOf(model: string): ModelBudget {
  return known.get(model) ?? unknown
}
