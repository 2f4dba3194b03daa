import { createHash } from 'node:crypto'

/** A model that the replay backend plays, with the limits and prices of the real one. */
export type ServedModel = {
  id: string
  name: string
  huggingFaceId: string | null
  contextTokens: number
  outputTokens: number
  /** US dollars per token, written out: the wire carries strings. */
  price: { prompt: string; completion: string }
  vision: boolean
  reasoningEfforts: readonly string[]
}

export const servedModels: readonly ServedModel[] = [
  {
    id: 'gpt-oss-120b',
    name: 'OpenAI GPT OSS 120B',
    huggingFaceId: 'openai/gpt-oss-120b',
    contextTokens: 131_072,
    outputTokens: 40_960,
    price: { prompt: '0.00000035', completion: '0.00000075' },
    vision: false,
    reasoningEfforts: ['low', 'medium', 'high'],
  },
  {
    id: 'qwen-3.8-27b',
    name: 'Qwen 3.8 27B',
    huggingFaceId: null,
    contextTokens: 131_072,
    outputTokens: 32_768,
    price: { prompt: '0.00000099', completion: '0.00000149' },
    vision: true,
    reasoningEfforts: ['none', 'low', 'medium', 'high'],
  },
]

export function findServedModel(id: string): ServedModel | undefined {
  return servedModels.find((model) => model.id === id)
}

/** `fp_` and 20 hexadecimal digits, always the same for one model. */
export function fingerprintOf(model: ServedModel): string {
  return `fp_${createHash('sha256').update(model.id).digest('hex').slice(0, 20)}`
}

export type ModelFormat = 'default' | 'openrouter' | 'huggingface'

export const modelFormats: readonly ModelFormat[] = ['default', 'openrouter', 'huggingface']

/** One entry of `/v1/models`. */
export function describeModel(model: ServedModel, format: ModelFormat): object {
  switch (format) {
    case 'default':
      return { id: model.id, object: 'model', created: 0, owned_by: 'Cerebras' }
    case 'openrouter':
      return {
        id: `cerebras/${model.id}`,
        name: model.name,
        created: 0,
        description: description(model),
        ...(model.huggingFaceId === null ? {} : { hugging_face_id: model.huggingFaceId }),
        context_length: model.contextTokens,
        max_output_length: model.outputTokens,
        input_modalities: model.vision ? ['text', 'image'] : ['text'],
        output_modalities: ['text'],
        pricing: model.price,
      }
    case 'huggingface':
      return {
        id: model.id,
        object: 'model',
        created: 0,
        owned_by: 'Cerebras',
        hugging_face_id: model.huggingFaceId,
        context_length: model.contextTokens,
        pricing: { input: perMillion(model.price.prompt), output: perMillion(model.price.completion) },
        capabilities: { function_calling: true, streaming: true, structured_outputs: true, vision: model.vision },
      }
  }
}

/** One entry of `/public/v1/models`. */
export function describePublicModel(model: ServedModel): object {
  return {
    id: model.id,
    name: model.name,
    object: 'model',
    created: 0,
    owned_by: 'Cerebras',
    description: description(model),
    hugging_face_id: model.huggingFaceId,
    architecture: { modality: model.vision ? 'text+vision' : 'text', tokenizer: 'o200k', instruct_type: null },
    pricing: model.price,
    capabilities: {
      function_calling: true,
      json_mode: true,
      parallel_tool_calls: true,
      reasoning: true,
      response_format: true,
      streaming: true,
      structured_outputs: true,
      tool_choice: true,
      tools: true,
      vision: model.vision,
    },
    supported_parameters: {
      frequency_penalty: true,
      logit_bias: true,
      logprobs: true,
      max_completion_tokens: true,
      presence_penalty: true,
      repetition_penalty: false,
      seed: true,
      stop: true,
      temperature: true,
      top_logprobs: true,
      top_p: true,
    },
    limits: {
      max_context_length: model.contextTokens,
      max_completion_tokens: model.outputTokens,
      requests_per_minute: null,
      tokens_per_minute: null,
    },
    deprecated: false,
    preview: false,
    quantization: null,
    datacenter_locations: [],
  }
}

function description(model: ServedModel): string {
  return `Recorded answers on the wire of ${model.name}, played by Flint's replay backend.`
}

function perMillion(pricePerToken: string): number {
  return Number((Number(pricePerToken) * 1_000_000).toFixed(6))
}
