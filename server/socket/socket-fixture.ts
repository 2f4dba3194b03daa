import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { io, type Socket } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { onTestFinished, vi } from 'vitest'
import { createDocuments } from '#documents/create-documents.ts'
import { createMessages } from '#messages/create-messages.ts'
import type { Command, Payload, Reply } from '#protocol/commands.ts'
import type { Failure, Result } from '#protocol/failures.ts'
import type { ServerEvents } from '#protocol/events.ts'
import { createReviews } from '#reviews/create-reviews.ts'
import { createSessions } from '#sessions/create-sessions.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { Presences, systemPresenceClock, type PresenceClock } from '#sessions/presence.ts'
import { openStore } from '#store/open-store.ts'
import type { Store } from '#store/store.ts'
import type { Turns, Viewer } from '#turns/turns.ts'
import { createCommandLimits } from './command-limits.ts'
import { createSocketServer } from './socket-server.ts'

/** What the tests of the socket share: a real server on port 0 over a real store; only turns are the test's own. */
export type Fixture = {
  url: string
  sessionId: string
  sessions: Sessions
  store: Store
  fileId: string
  viewers: Viewer[]
  warnings: string[]
  /** Another session of the same owner. */
  createSession(): Promise<string>
  /** Resolves when the server has noticed that every connection is gone. */
  gone(): Promise<void>
  /** A connection of the session's owner, or of whichever visit is named. */
  connect(visitId?: string): Promise<Tab>
  /** Resolves with the reason of a refusal. */
  refused(visitId: string): Promise<string>
}

type Tab = {
  socket: Socket
  ask<C extends Command>(command: C, payload: Payload<C>): Promise<Result<Reply<C>>>
  /** Any name, any payload, with an acknowledgement. */
  askRaw(name: string, payload: unknown): Promise<Result<unknown>>
  next<E extends keyof ServerEvents>(event: E): Promise<ServerEvents[E]>
  disconnected: Promise<string>
}

export async function startSocketFixture({
  turns = {},
  presenceClock = systemPresenceClock,
  identify = namedVisit,
}: {
  turns?: Partial<Turns>
  presenceClock?: PresenceClock
  identify?: (request: IncomingMessage) => string | undefined
} = {}): Promise<Fixture> {
  const warnings: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => warnings.push((JSON.parse(line) as { msg: string }).msg) })
  const store = await openStore({ file: ':memory:', log })
  const documents = createDocuments({ store, log })
  let id = 0
  const sessions = createSessions({
    store,
    documents,
    samplesDir: path.join(fileURLToPath(new URL('../sessions/samples', import.meta.url))),
    clock: () => 1_000,
    ids: () => `id${(id += 1)}`,
    defaultBackend: () => ({ backendId: 'replay', model: 'm' }),
    log,
  })
  await store.saveVisit({ visitId: 'owner', createdAt: 0 })
  const { sessionId } = await sessions.createEmpty('owner', 'Test')
  const { fileId } = await sessions.createFile(sessionId, 'a.ts', { text: 'one\n' })

  const presences = new Presences({ clock: presenceClock, log })
  const viewers: Viewer[] = []
  const httpServer = createServer()
  const server = createSocketServer({
    httpServer,
    identify,
    rooms: {
      sessions,
      documents,
      turns: { ...quietTurns(viewers), ...turns },
      presences,
      messages: createMessages({ store, now: () => 1_000, log }),
      reviews: createReviews({
        store,
        documents,
        sessions,
        turns: quietTurns([]),
        clock: () => 2_000,
        ids: () => `id${(id += 1)}`,
        log,
      }),
    },
    commandLimits: createCommandLimits(),
    log,
    newLogId: () => 'log-1',
  })
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`
  onTestFinished(async () => {
    await server.close()
    presences.close()
    await documents.close()
    await store.close()
  })

  const open = (visitId: string) => {
    const socket = io(url, {
      parser,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { 'x-visit': visitId },
    })
    onTestFinished(() => void socket.disconnect())
    return socket
  }
  return {
    url,
    sessionId,
    sessions,
    store,
    fileId,
    viewers,
    warnings,
    createSession: async () => (await sessions.createEmpty('owner', 'Other')).sessionId,
    gone: () =>
      vi.waitFor(
        () =>
          new Promise<void>((resolve, reject) =>
            httpServer.getConnections((_error, open) => (open === 0 ? resolve() : reject(new Error(`${open} are open`)))),
          ),
      ),
    connect: async (visitId = 'owner') => {
      const socket = open(visitId)
      await new Promise((resolve, reject) => socket.once('connect', () => resolve(undefined)).once('connect_error', reject))
      return tabOf(socket)
    },
    refused: (visitId) => new Promise((resolve) => open(visitId).once('connect_error', (error) => resolve(error.message))),
  }
}

/** Tests say in a header who they are. */
function namedVisit({ headers }: IncomingMessage): string | undefined {
  const visit = headers['x-visit']
  return typeof visit === 'string' && visit !== 'stranger' ? visit : undefined
}

function tabOf(socket: Socket): Tab {
  const askRaw = (name: string, payload: unknown) => socket.emitWithAck(name, payload) as Promise<Result<unknown>>
  return {
    socket,
    askRaw,
    ask: (command, payload) => askRaw(command, payload) as Promise<Result<Reply<typeof command>>>,
    next: (event) => new Promise((resolve) => socket.once(event as string, resolve)),
    disconnected: new Promise((resolve) => socket.once('disconnect', (reason) => resolve(reason))),
  }
}

/** Turns that nobody asks anything of: none run, none are stored. */
function quietTurns(viewers: Viewer[]): Turns {
  const unasked = async (): Promise<never> => {
    throw new Error('the test did not expect this call')
  }
  return {
    backends: () => [],
    recordedPrompts: () => [],
    start: unasked,
    stop: unasked,
    move: unasked,
    remove: unasked,
    again: unasked,
    inline: unasked,
    decide: unasked,
    apply: unasked,
    restore: unasked,
    changesSince: unasked,
    offer: unasked,
    hunksOfFile: async () => [],
    snapshot: async () => ({ turns: [], hunks: [] }),
    watch: (_sessionId, viewer) => {
      viewers.push(viewer)
      return { resume: () => {}, stop: () => void viewers.splice(viewers.indexOf(viewer), 1) }
    },
    onEvent: () => () => {},
    recover: unasked,
    close: unasked,
  }
}

/** The failure of a result that has to be one. */
export function failureIn(result: Result<unknown>): Failure {
  if (result.ok) throw new Error('the command was not refused')
  return result.error
}
