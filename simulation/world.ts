import { pino } from 'pino'
import { openStore } from '#store/open-store.ts'
import type { Store } from '#store/store.ts'
import { FaultyStore, FullLog } from './faulty-store.ts'
import { Peer } from './peer.ts'
import type { Plan, Step } from './plan.ts'
import { sessionId, SimulatedServer } from './simulated-server.ts'
import { VirtualTime } from './virtual-time.ts'

const log = pino({ level: 'silent' })
export const firstTexts: Record<string, string> = { f1: 'one\ntwo\nthree\n', f2: '' }
const mostHealingRounds = 200
/** With more the server would try the push in a thread, in real time. */
const mostCursors = 30

/** What a plan found out to be wrong. */
export class Violation extends Error {
  override name = 'Violation'
}

/** The process, its database, the tabs and the time that a plan moves. */
export class World {
  readonly time = new VirtualTime()
  readonly log = new FullLog()
  /** Pushes that were denied before they were stored, and not allowed since. */
  readonly denied = new Set<string>()
  readonly peers: Peer[]
  readonly store: Store
  server: SimulatedServer
  #clientIds = 100
  #ids = 0
  #turns = 0
  #crashed = false
  readonly #bugs: unknown[] = []

  private constructor(store: Store, plan: Plan) {
    this.store = store
    this.server = this.#startServer()
    this.peers = Array.from({ length: plan.peers }, (_, at) => new Peer(`peer${at}`, this.time))
  }

  static async open(plan: Plan): Promise<World> {
    const store = await openStore({ file: ':memory:', log })
    await store.createSession({
      session: { sessionId, name: 'S', createdAt: 1, backendId: 'b', model: 'm' },
      owner: { participantId: 'owner', visitId: 'v', name: 'Owner', role: 'owner', colour: 0 },
      files: Object.entries(firstTexts).map(([fileId, text]) => ({
        file: { fileId, path: `${fileId}.ts`, kind: 'text', lineEnding: 'lf', bytes: text.length },
        bytes: new TextEncoder().encode(text),
      })),
    })
    const world = new World(store, plan)
    for (const peer of world.peers) {
      peer.connect(world.server)
      await world.#passMessages(peer)
    }
    return world
  }

  async run(step: Step): Promise<void> {
    this.#begin(step)
    await this.settle()
  }

  /** Lets everything run that needs no message and no time. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    if (this.#crashed) this.#restart()
    if (this.#bugs.length > 0) throw new Violation('a bug of the server', { cause: this.#bugs[0] })
  }

  /** Repairs everything and lets everything arrive. Throws where it never comes to rest. */
  async heal(): Promise<void> {
    for (let round = 0; round < mostHealingRounds; round += 1) {
      this.server.faulty.heal()
      for (const peer of this.peers) {
        if (peer.link?.halfOpen === true) peer.cut()
        peer.connect(this.server)
        await this.#passMessages(peer)
      }
      if (this.#isQuiet()) return
      this.time.advance(1_100)
      await this.settle()
    }
    throw new Violation('it never comes to rest')
  }

  /** As after a restart of the machine. */
  async restart(): Promise<void> {
    await this.server.documents.close()
    this.server.faulty.crash()
    await this.settle()
  }

  async close(): Promise<void> {
    for (const peer of this.peers) peer.close()
    await this.settle()
    await this.server.documents.close()
    const { waiting } = this.time
    await this.store.close()
    if (waiting > 0) throw new Violation(`[I10] ${waiting} timers are left after everybody has gone`)
  }

  #isQuiet(): boolean {
    return this.peers.every((peer) => {
      if (peer.revoked) return true
      const waits = [...peer.files.keys()].some((fileId) => {
        const document = peer.documents.get(fileId)
        if (document === undefined || document.status.state === 'opening') return true
        return document.status.state === 'open' && document.pending > 0
      })
      return peer.link?.isQuiet === true && !waits
    })
  }

  async #passMessages(peer: Peer): Promise<void> {
    for (let round = 0; round < 50 && peer.link !== undefined && !peer.link.isQuiet; round += 1) {
      peer.link.send(Infinity)
      await this.settle()
      peer.link?.receive(Infinity)
      await this.settle()
    }
  }

  #startServer(): SimulatedServer {
    const faulty = new FaultyStore(this.store, this.log, () => (this.#crashed = true))
    return new SimulatedServer({
      faulty,
      time: this.time,
      log,
      newClientId: () => (this.#clientIds += 1),
      newId: () => `id${(this.#ids += 1)}`,
      onBug: (error) => this.#bugs.push(error),
      onPush: (pushId, allowed) => {
        if (allowed) this.denied.delete(pushId)
        else if (!this.log.holds(pushId)) this.denied.add(pushId)
      },
    })
  }

  #restart(): void {
    this.#crashed = false
    this.server.stopHeads()
    for (const peer of this.peers) peer.cut()
    this.server = this.#startServer()
  }

  #begin(step: Step): void {
    const peer = 'peer' in step ? this.peers[step.peer % this.peers.length] : undefined
    const known = peer === undefined ? this.#filesOfServer() : [...peer.files.keys()]
    const fileId = 'file' in step ? known[step.file % Math.max(1, known.length)] : undefined
    switch (step.do) {
      case 'insert':
        return peer?.edit(fileId, (text) => text.insert(step.at % (text.length + 1), step.text))
      case 'delete':
        return peer?.edit(fileId, (text) => {
          const at = step.at % (text.length + 1)
          text.delete(at, Math.min(step.length, text.length - at))
        })
      case 'everywhere':
        return peer?.edit(fileId, (text) => {
          for (let at = Math.floor(Math.min(text.length, mostCursors * 40) / 40) * 40; at >= 0; at -= 40)
            text.insert(at, step.text)
        })
      case 'paste':
        return peer?.edit(fileId, (text) => text.insert(step.at % (text.length + 1), 'p'.repeat(step.length)))
      case 'undo':
      case 'redo': {
        const [before, after] = peer?.undo(fileId, step.do) ?? [0, 0]
        if (before !== after) throw new Violation("[I6] an undo changed other people's text")
        return
      }
      case 'assistant':
        return void this.#assist(fileId, step.at, step.text)
      case 'create':
        return void this.server.sessions.createFile(sessionId, `${step.path}.ts`).catch(expected)
      case 'rename':
        return void this.server.sessions.renameFile(sessionId, fileId ?? '', `${step.path}.ts`).catch(expected)
      case 'remove':
        return void this.server.sessions.deleteFile(sessionId, fileId ?? '').catch(expected)
      case 'role':
        if (peer === undefined) return
        peer.role = step.role
        return peer.cut()
      case 'revoke':
        if (peer === undefined) return
        peer.revoked = true
        return peer.cut()
      case 'send':
        return peer?.link?.send(step.count)
      case 'receive':
        return peer?.link?.receive(step.count)
      case 'repeat':
        return peer?.link?.repeat()
      case 'cut':
        return peer?.cut()
      case 'half-open':
        if (peer?.link !== undefined) peer.link.halfOpen = true
        return
      case 'connect':
        return peer?.connect(this.server)
      case 'fault':
        return this.server.faulty.failNext(step.fault)
      case 'hold':
        return this.server.faulty.hold()
      case 'release':
        return this.server.faulty.release()
      case 'compact':
        return void (fileId !== undefined && this.server.compact(fileId))
      case 'crash while compacting':
        this.server.faulty.crashInCompaction(step.after)
        return void (fileId !== undefined && this.server.compact(fileId))
      case 'time':
        return this.time.advance(step.ms)
    }
  }

  /** Files that some tab knows, in a stable order. */
  #filesOfServer(): string[] {
    return [...new Set(this.peers.flatMap((peer) => [...peer.files.keys()]))].toSorted()
  }

  async #assist(fileId: string | undefined, at: number, text: string): Promise<void> {
    if (fileId === undefined) return
    try {
      const replica = await this.server.documents.replica(fileId, { kind: 'assistant', turnId: `t${(this.#turns += 1)}` })
      try {
        await replica.commit((live) => live.insert(at % (live.length + 1), text))
      } finally {
        replica.close()
      }
    } catch (error) {
      expected(error)
    }
  }
}

/** Refusals are part of a plan; anything else is a bug. */
function expected(error: unknown): void {
  if (error instanceof Error && ['DocumentFailure', 'SessionFailure', 'StoreFailure'].includes(error.name)) return
  throw error
}
