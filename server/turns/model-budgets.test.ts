import { expect, test } from 'vitest'
import { budgetOf } from './model-budgets.ts'

test('Models of the gpt-5 class are asked for patches, all others for search/replace blocks.', () => {
  for (const model of ['gpt-5', 'gpt-5-mini', 'gpt-5.1-codex', 'openai/gpt-5', 'openai/gpt-5:nitro'])
    expect(budgetOf(model).editFormat).toBe('patch')
  for (const model of ['gpt-oss-120b', 'qwen-3.8-27b', 'gpt-50', 'gpt-4.1', 'my-gpt-5', 'zai-glm-4.7'])
    expect(budgetOf(model).editFormat).toBe('search_replace')
})
