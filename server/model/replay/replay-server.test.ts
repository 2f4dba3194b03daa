import { expect, test } from 'vitest'
import { startServer } from './test-requests.ts'

const auth = { authorization: 'Bearer csk-test' }
const bodyOf = async (response: Response) => ({ status: response.status, body: await response.json() })
test('GET /v1/models lists both models, in three formats', async () => {
  const url = await startServer()
  const list = (query: string) => fetch(`${url}/v1/models${query}`, { headers: auth }).then(bodyOf)
  expect(await list('')).toEqual({
    status: 200,
    body: {
      object: 'list',
      data: [
        { id: 'gpt-oss-120b', object: 'model', created: 0, owned_by: 'Cerebras' },
        { id: 'qwen-3.8-27b', object: 'model', created: 0, owned_by: 'Cerebras' },
      ],
    },
  })
  expect(await list('?format=default')).toEqual(await list(''))
  expect(await list('?format=openrouter')).toMatchObject({
    body: { data: [{ id: 'cerebras/gpt-oss-120b', context_length: 131_072, pricing: { prompt: '0.00000035' } }, {}] },
  })
  expect(await list('?format=huggingface')).toMatchObject({
    body: { data: [{ pricing: { input: 0.35, output: 0.75 } }, { capabilities: { vision: true } }] },
  })
  expect(await list('?format=xml')).toMatchObject({ status: 400, body: { code: 'wrong_api_format' } })
})

test('GET /v1/models/{id} gives one model or 404, without rate-limit headers', async () => {
  const url = await startServer()
  const response = await fetch(`${url}/v1/models/gpt-oss-120b`, { headers: auth })
  expect([...response.headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([])
  expect(await response.json()).toEqual({ id: 'gpt-oss-120b', object: 'model', created: 0, owned_by: 'Cerebras' })
  expect(await fetch(`${url}/v1/models/llama`, { headers: auth }).then(bodyOf)).toEqual({
    status: 404,
    body: {
      message: 'Model llama does not exist or you do not have access to it.',
      type: 'not_found_error',
      param: 'model',
      code: 'model_not_found',
    },
  })
})

test('the public models need no key', async () => {
  const url = await startServer()
  expect(await fetch(`${url}/public/v1/models`).then(bodyOf)).toMatchObject({
    status: 200,
    body: { data: [{ id: 'gpt-oss-120b', limits: { max_context_length: 131_072, max_completion_tokens: 40_960 } }, {}] },
  })
  expect(await fetch(`${url}/public/v1/models/qwen-3.8-27b`).then(bodyOf)).toMatchObject({
    body: {
      id: 'qwen-3.8-27b',
      architecture: { modality: 'text+vision' },
      pricing: { prompt: '0.00000099', completion: '0.00000149' },
    },
  })
  expect(await fetch(`${url}/public/v1/models/a%2Fb`).then(bodyOf)).toEqual({
    status: 404,
    body: { detail: "Model 'a/b' not found or not publicly available" },
  })
})

test('GET /v1/tcp_warming answers {}', async () => {
  expect(await fetch(`${await startServer()}/v1/tcp_warming`).then(bodyOf)).toEqual({ status: 200, body: {} })
})

test.each([
  ['GET', '/'],
  ['GET', '/v1/chat/completions'],
  ['POST', '/v1/models'],
  ['POST', '/v1/responses'],
  ['GET', '//'],
  ['GET', '/v1/embeddings?x=1'],
])('%s %s is an empty 404', async (method, path) => {
  const response = await fetch((await startServer()) + path, { method, headers: auth })
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toBe('text/plain')
  expect(await response.text()).toBe('')
})

test.each(['/v1/models', '/v1/models/gpt-oss-120b'])('%s without a key is 403, with a wrong one 401', async (path) => {
  const url = await startServer({ key: 'csk-right' })
  const get = (authorization?: string) => fetch(url + path, { headers: authorization ? { authorization } : {} }).then(bodyOf)
  const notAuthenticated = { status: 403, body: { detail: 'Not authenticated' } }
  expect(await get()).toEqual(notAuthenticated)
  expect(await get('Basic abc')).toEqual(notAuthenticated)
  expect(await get('Bearer csk-wrong')).toEqual({
    status: 401,
    body: { message: 'Wrong API Key', type: 'invalid_request_error', param: 'api_key', code: 'wrong_api_key' },
  })
  expect((await get('Bearer csk-right')).status).toBe(200)
})

test('completions ask for the key before they read the request', async () => {
  const url = await startServer({ key: 'csk-right' })
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: '{' })
  expect(await bodyOf(response)).toEqual({ status: 403, body: { detail: 'Not authenticated' } })
})
