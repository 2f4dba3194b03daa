import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './env.ts'

describe('readConfig', () => {
  test('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      access: { kind: 'loopback' },
      allowedHosts: [],
      replay: { tokensPerSecond: 2000, ttftMs: 180 },
      modelIdleTimeoutMs: 15_000,
      development: false,
    })
    expect(readConfig({}).cerebras).toBeUndefined()
  })

  test('counts an empty variable as not set', () => {
    expect(readConfig({ PORT: '', CEREBRAS_API_KEY: '' })).toEqual(readConfig({}))
  })

  test.each([
    ['PORT', 'three thousand'],
    ['PORT', '65536'],
    ['ACCESS', 'yes'],
    ['ACCESS_PASSWORD', 'short'],
    ['CEREBRAS_API_KEY', 'csk with space'],
    ['CEREBRAS_BASE_URL', 'ftp://example.test'],
    ['LOG_LEVEL', 'loud'],
    ['REPLAY_TOKENS_PER_SECOND', '-1'],
    ['MODEL_IDLE_TIMEOUT_MS', '99'],
  ])('names %s when it is wrong, without its value', (name, value) => {
    const reading = () => readConfig({ [name]: value })
    expect(reading).toThrow(ConfigError)
    expect(reading).toThrow(new RegExp(`^${name} must be .+\\.$`))
    expect(reading).not.toThrow(new RegExp(value.replace('-', '\\-')))
  })

  test('asks for a password as soon as other machines can connect', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(/^ACCESS_PASSWORD must be set/)
    expect(readConfig({ HOST: '0.0.0.0', ACCESS: 'open' }).access).toEqual({ kind: 'open' })
    expect(readConfig({ HOST: '0.0.0.0', ACCESS_PASSWORD: 'correct horse' }).access).toEqual({
      kind: 'password',
      password: 'correct horse',
    })
  })

  test('takes a key with its models', () => {
    expect(readConfig({ CEREBRAS_API_KEY: 'csk-12345678', CEREBRAS_MODELS: 'a, b' }).cerebras).toEqual({
      apiKey: 'csk-12345678',
      baseUrl: 'https://api.cerebras.ai',
      models: ['a', 'b'],
    })
  })
})
