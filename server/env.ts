import path from 'node:path'
import { isIP } from 'node:net'
import { z } from 'zod'

/** Typed configuration; the only place that reads `process.env`. README.md lists the same variables. */
export type Config = {
  host: string
  port: number
  dataDir: string
  /** `password`: everyone must give it once; `open`: nobody is asked; `loopback`: only this machine can connect. */
  access: { kind: 'loopback' } | { kind: 'open' } | { kind: 'password'; password: string }
  /** Host names, beside IP literals and localhost, under which the app may be reached (a reverse proxy's name). */
  allowedHosts: string[]
  /** Addresses of reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
  trustedProxies: string[]
  cerebras?: { apiKey: string; baseUrl: string; models: string[] }
  replay: { tokensPerSecond: number; ttftMs: number }
  /** How long a model may be silent in the middle of an answer. */
  modelIdleTimeoutMs: number
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  development: boolean
}

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

const variables = {
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  DATA_DIR: z.string().min(1).default('data'),
  ACCESS: z.literal('open').optional(),
  ACCESS_PASSWORD: z.string().min(8).optional(),
  ALLOWED_HOSTS: list.default([]),
  TRUSTED_PROXIES: list.default([]),
  CEREBRAS_API_KEY: z.string().min(8).regex(/^\S+$/).optional(),
  CEREBRAS_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://api.cerebras.ai'),
  CEREBRAS_MODELS: list.default(['gpt-oss-120b', 'qwen-3.8-27b']),
  REPLAY_TOKENS_PER_SECOND: whole(0, 1_000_000).default(2000),
  REPLAY_TTFT_MS: whole(0, 60_000).default(180),
  MODEL_IDLE_TIMEOUT_MS: whole(100, 600_000).default(15_000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
}

const wanted: Record<keyof typeof variables, string> = {
  HOST: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  PORT: 'a whole number from 0 to 65535',
  DATA_DIR: 'a folder',
  ACCESS: 'the word open, or not be set',
  ACCESS_PASSWORD: 'at least 8 characters',
  ALLOWED_HOSTS: 'host names separated by commas',
  TRUSTED_PROXIES: 'addresses separated by commas',
  CEREBRAS_API_KEY: 'a key without spaces',
  CEREBRAS_BASE_URL: 'an http or https URL',
  CEREBRAS_MODELS: 'model ids separated by commas',
  REPLAY_TOKENS_PER_SECOND: 'a whole number from 0 (as fast as possible) to 1000000',
  REPLAY_TTFT_MS: 'a whole number of milliseconds from 0 to 60000',
  MODEL_IDLE_TIMEOUT_MS: 'a whole number of milliseconds from 100 to 600000',
  LOG_LEVEL: 'one of debug, info, warn, error, silent',
  NODE_ENV: 'one of development, production, test',
}

/** A wrong variable; the message is one sentence that names it and never repeats its value. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Parses the environment. An empty variable counts as not set. Throws `ConfigError`. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.keys(variables).map((name) => [name, environment[name] === '' ? undefined : environment[name]]),
  )
  const parsed = z.object(variables).safeParse(given)
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]) as keyof typeof variables
    throw new ConfigError(`${name} must be ${wanted[name]}.`)
  }
  const env = parsed.data
  const key = env.CEREBRAS_API_KEY
  return {
    host: env.HOST,
    port: env.PORT,
    dataDir: path.resolve(env.DATA_DIR),
    access: accessOf(env),
    allowedHosts: env.ALLOWED_HOSTS,
    trustedProxies: env.TRUSTED_PROXIES,
    ...(key === undefined ? {} : { cerebras: { apiKey: key, baseUrl: env.CEREBRAS_BASE_URL, models: env.CEREBRAS_MODELS } }),
    replay: { tokensPerSecond: env.REPLAY_TOKENS_PER_SECOND, ttftMs: env.REPLAY_TTFT_MS },
    modelIdleTimeoutMs: env.MODEL_IDLE_TIMEOUT_MS,
    logLevel: env.LOG_LEVEL,
    development: env.NODE_ENV === 'development',
  }
}

function accessOf(env: { HOST: string; ACCESS?: 'open' | undefined; ACCESS_PASSWORD?: string | undefined }): Config['access'] {
  if (env.ACCESS_PASSWORD !== undefined) return { kind: 'password', password: env.ACCESS_PASSWORD }
  if (env.ACCESS === 'open') return { kind: 'open' }
  if (isLoopback(env.HOST)) return { kind: 'loopback' }
  throw new ConfigError(
    'ACCESS_PASSWORD must be set (or ACCESS=open, to let everybody in) because HOST is not a loopback address.',
  )
}

/** Whether only this machine can reach the address. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
