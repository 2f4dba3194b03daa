import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import next from 'next'
import { pino } from 'pino'
import { createDocuments } from '#documents/create-documents.ts'
import { createAccess } from '#http/access.ts'
import { createApi } from '#http/api.ts'
import { createAttempts } from '#http/attempts.ts'
import { serverCloser } from '#http/close-server.ts'
import { createCookies } from '#http/cookies.ts'
import { createHttpServer } from '#http/http-server.ts'
import { createProxies } from '#http/proxies.ts'
import { createRequestGuard } from '#http/request-guard.ts'
import { createMessages } from '#messages/create-messages.ts'
import { createBackends } from '#model/backends.ts'
import { loadRecordings, recordedPrompts } from '#model/replay/recordings.ts'
import { createReviews } from '#reviews/create-reviews.ts'
import { createSessions } from '#sessions/create-sessions.ts'
import { Presences, systemPresenceClock } from '#sessions/presence.ts'
import { createCommandLimits } from '#socket/command-limits.ts'
import { createSocketServer } from '#socket/socket-server.ts'
import { openStore } from '#store/open-store.ts'
import { createTurns } from '#turns/create-turns.ts'
import type { Config } from './env.ts'
import { identify } from './identify.ts'
import { startReplayProcess } from './replay-process.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

export type Flint = { url: string; close(): Promise<void> }

/** The composition root: opens everything, wires it, listens. What was opened is closed in the opposite order. */
export async function startFlint(config: Config): Promise<Flint> {
  const log = pino({ level: config.logLevel })
  const ids = { next: () => randomBytes(12).toString('base64url') }
  const clock = { now: () => Date.now() }
  const opened: (() => Promise<void>)[] = []
  const closeAll = async () => {
    const failures: unknown[] = []
    for (const close of opened.splice(0).toReversed()) await close().catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed')
  }
  try {
    await mkdir(config.dataDir, { recursive: true })
    const store = await openStore({ file: path.join(config.dataDir, 'flint.sqlite'), log })
    opened.push(() => store.close())
    const replay = await startReplayProcess(config.replay)
    opened.push(() => replay.close())
    const backends = createBackends({
      cerebras: config.cerebras,
      replay: { baseUrl: replay.baseUrl },
      idleTimeoutMs: config.modelIdleTimeoutMs,
      log,
    })
    opened.push(() => backends.close())
    const documents = createDocuments({ store, log })
    opened.push(() => documents.close())
    const sessions = createSessions({
      store,
      documents,
      samplesDir: path.join(root, 'server/sessions/samples'),
      clock: clock.now,
      ids: ids.next,
      defaultBackend: () => backends.preferred(),
      log,
    })
    opened.push(() => sessions.close())
    const recordings = await loadRecordings(path.join(root, 'server/model/replay/recordings'))
    const turns = createTurns({
      store,
      documents,
      sessions,
      backends,
      recordedPrompts: (sampleId) => recordedPrompts(recordings, sampleId),
      clock,
      ids,
      log,
    })
    opened.push(() => turns.close())
    await turns.recover()
    const reviews = createReviews({ store, documents, sessions, turns, clock: clock.now, ids: ids.next, log })

    const presences = new Presences({ clock: systemPresenceClock, log })
    opened.push(async () => presences.close())
    const messages = createMessages({ store, now: clock.now, log })

    const guard = createRequestGuard({ allowedHosts: config.allowedHosts })
    const proxies = createProxies(config.trustedProxies)
    const { addressOf } = proxies
    const cookies = createCookies(proxies)
    const access = createAccess(config.access, { addressOf, cookies })
    // Where only this machine can connect, nobody has to be kept from filling the disk.
    const creations = config.access.kind === 'loopback' ? undefined : createAttempts({ most: 20, seconds: 600 })
    const api = createApi({
      sessions,
      documents,
      access,
      backends: () => turns.backends(),
      changesSince: (...asked) => turns.changesSince(...asked),
      addressOf,
      mayCreate: async (address) => creations === undefined || creations.allowed(address),
      log,
    })
    const app = next({ dev: config.development, dir: root, hostname: config.host, port: config.port })
    await app.prepare()
    opened.push(() => app.close())
    const page = app.getRequestHandler()
    const httpServer = createHttpServer({
      guard,
      cookies,
      access,
      api,
      page: (request, response) => page(request, response),
      log,
      development: config.development,
    })
    const closeServer = serverCloser(httpServer)
    const sockets = createSocketServer({
      httpServer,
      identify: (request) => identify(request, { guard, access, cookies }),
      rooms: { sessions, documents, turns, presences, messages, reviews },
      commandLimits: createCommandLimits(),
      log,
      newLogId: ids.next,
    })
    const upgradePage = app.getUpgradeHandler()
    httpServer.on('upgrade', (request, socket, head) => {
      if (request.url?.startsWith('/socket.io/') === true) return
      if (config.development && guard.knownHost(request)) void upgradePage(request, socket, head)
      else socket.destroy()
    })
    const url = await listen(httpServer, config)
    // Such as a connection that could not be accepted; without a listener it would end the process.
    httpServer.on('error', (error) => log.error({ err: error }, 'the HTTP server failed'))
    opened.push(async () => void (await Promise.all([sockets.close(), closeServer()])))
    return { url, close: closeAll }
  } catch (error) {
    await closeAll().catch((failure: unknown) => log.error({ err: failure }, 'a start that failed left something open'))
    throw error
  }
}

function listen(httpServer: HttpServer, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    httpServer.once('error', reject)
    httpServer.listen(port, host, () => {
      httpServer.off('error', reject)
      const { port: bound } = httpServer.address() as AddressInfo
      const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
      resolve(`http://${name}:${bound}`)
    })
  })
}
