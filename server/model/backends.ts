import type { BackendInfo } from '#protocol/sessions.ts'
import { cerebras, replay } from './dialects.ts'
import type { Model } from './model.ts'
import { ModelList } from './model-list.ts'
import { createOpenAiChatModel, type OpenAiChatOptions } from './openai-chat.ts'
import type { Log } from './wire/log.ts'
import { systemTimers, type Timers } from './wire/timers.ts'

export type BackendsConfig = {
  cerebras?: { apiKey: string; baseUrl?: string; models?: string[] } | undefined
  /** Where the replay process listens. */
  replay: { baseUrl: string }
  /** Longest silence inside an answer, for every backend. */
  idleTimeoutMs?: number
  log: Log
  timers?: Timers
}

type Backend = {
  /** Changes when the backend's list of models does. */
  readonly info: BackendInfo
  readonly model: Model
  /** What a session starts with: the first configured model that the backend serves. */
  readonly defaultModel: string
}

/** The configured backends by id, the preferred one first. */
export type Backends = ReadonlyMap<string, Backend> & {
  /** What a new session starts with: a live backend where there is one. */
  preferred(): { backendId: string; model: string }
  close(): Promise<void>
}

/** What Cerebras serves while nobody can ask it. */
const cerebrasModels = ['gpt-oss-120b', 'qwen-3.8-27b']

/** Opens every configured backend: connections are warmed and lists of models fetched in the background. */
export function createBackends(config: BackendsConfig): Backends {
  const { cerebras: live, replay: recorded, idleTimeoutMs, log, timers = systemTimers } = config
  const opened: (Backend & { close(): Promise<void> })[] = []
  const open = (
    about: Pick<BackendInfo, 'backendId' | 'name' | 'kind'>,
    models: readonly string[],
    wire: Pick<OpenAiChatOptions, 'baseUrl' | 'apiKey' | 'dialect'>,
  ) => opened.push(openBackend(about, models, { ...wire, ...(idleTimeoutMs !== undefined && { idleTimeoutMs }), log, timers }))

  if (live !== undefined) {
    open({ backendId: 'cerebras', name: 'Cerebras', kind: 'live' }, live.models ?? cerebrasModels, {
      baseUrl: live.baseUrl ?? 'https://api.cerebras.ai',
      apiKey: live.apiKey,
      dialect: cerebras,
    })
  }
  open({ backendId: 'replay', name: 'Replay', kind: 'recorded' }, cerebrasModels.slice(0, 1), {
    baseUrl: recorded.baseUrl,
    // It wants a key, as the real service does, and takes any.
    apiKey: 'replay',
    dialect: replay,
  })

  return Object.assign(new Map(opened.map((backend) => [backend.info.backendId, backend])), {
    preferred() {
      const [first] = opened
      if (first === undefined) throw new Error('there is always the replay backend')
      return { backendId: first.info.backendId, model: first.defaultModel }
    },
    async close() {
      await Promise.all(opened.map((backend) => backend.close()))
    },
  })
}

function openBackend(
  about: Pick<BackendInfo, 'backendId' | 'name' | 'kind'>,
  configured: readonly string[],
  wire: OpenAiChatOptions & { timers: Timers },
): Backend & { close(): Promise<void> } {
  const model = createOpenAiChatModel(wire)
  const list = new ModelList({ configured, fetch: () => model.models(), timers: wire.timers, log: wire.log })
  // The list travels on the connection that was just warmed.
  void model.warm().then(() => list.refresh())
  return {
    model,
    get info() {
      return { ...about, models: list.ids }
    },
    get defaultModel() {
      return list.ids[0] ?? ''
    },
    close() {
      list.close()
      return model.close()
    },
  }
}
