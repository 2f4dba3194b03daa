import { pino } from 'pino'
import { createSeededRandom } from '#model/replay/seeded-random.ts'
import { openStore } from '#store/open-store.ts'
import type { SessionClient } from '#session/session-client.ts'
import type { Store } from '#store/store.ts'
import { Disk } from './disk.ts'
import { Witness } from './witness.ts'
import { Person } from './person.ts'
import type { Link, ServerEnd } from './link.ts'
import type { Plan, Step } from './plan.ts'
import { take } from './take-step.ts'
import { backendId, SimulatedServer } from './simulated-server.ts'
import { VirtualTime, type ProcessTime } from './virtual-time.ts'

/** Rounds of delivering everything and waiting, after which nothing may be on its way any more. */
const mostRounds = 60
const roundMs = 1_500
/** What passes between two steps by itself. */
const stepMs = 3
/** Until a process that could not start is started again. */
const startAgainMs = 1_000

/** A server, its disk, some people, and what happens to them according to a plan. */
export class World {
  readonly time = new VirtualTime()
  readonly people: Person[] = []
  readonly witness: Witness
  readonly store: Store
  readonly sessionId: string
  readonly disk: Disk
  readonly removed = new Set<number>()
  /** Turns whose end was not stored when a process ended. */
  readonly cutOff = new Set<string>()
  server!: SimulatedServer
  readonly #random: () => number
  #processTime: ProcessTime | undefined
  #cutOff: () => void = () => {}
  #ids = 0

  private constructor(store: Store, sessionId: string, seed: number) {
    this.store = store
    this.sessionId = sessionId
    this.#random = createSeededRandom(seed)
    this.disk = new Disk(store)
    this.witness = new Witness(this.time)
    this.disk.onCrash = () => this.crash()
    this.#startServer()
  }

  /** Everybody is there and has the first file open. */
  static async create({ seed, people }: Plan): Promise<World> {
    const store = await openStore({ file: ':memory:', log: pino({ level: 'silent' }) })
    const sessionId = 'session'
    const owner = { participantId: 'person-0', visitId: 'visit-0', name: 'Person 0', role: 'owner' as const, colour: 0 }
    await store.saveVisit({ visitId: owner.visitId, createdAt: 0 })
    await store.createSession({
      session: { sessionId, name: 'Simulation', createdAt: 0, backendId, model: 'simulated' },
      owner,
      files: [],
    })
    const world = new World(store, sessionId, seed)
    await world.#serverIsReady()
    await world.server.sessions.createFile(sessionId, 'a.ts', { text: 'one\ntwo\nthree\n' })
    const week = { role: 'editor' as const, label: '', expiresInMs: 7 * 86_400_000 }
    const { secret } = await world.server.sessions.createLink(sessionId, owner.participantId, week)
    for (let number = 0; number < people; number += 1) {
      const visitId = `visit-${number}`
      if (number > 0) await world.server.sessions.enterThroughLink(sessionId, secret, visitId, `Person ${number}`)
      world.people.push(
        new Person({
          number,
          visitId,
          sessionId,
          time: world.time,
          accept: (link) => world.#accept(link, number, visitId),
          hear: () => world.witness.hearing(number, (turnId) => world.person(number).client.turnLogs.of(turnId).length),
          ids: world.nextId,
        }),
      )
    }
    await world.deliverAll()
    return world
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      await take(this, step)
      await this.time.advance(stepMs)
      for (const person of this.people) this.witness.reads(person)
    }
  }

  /** Everything that was broken is whole again, and everything on its way arrives. */
  async becomeQuiet(): Promise<void> {
    this.disk.mend()
    for (let round = 0; round < mostRounds; round += 1) {
      for (const person of this.people) {
        person.noticeLosses()
        person.link.establish()
      }
      this.server.model.deliver(Infinity)
      await this.deliverAll()
      await this.time.advance(roundMs)
      await this.deliverAll()
      if (round > 4 && this.#isQuiet()) return
    }
    throw new Error(`after ${mostRounds} rounds something was still on its way: ${this.#whatWaits()}`)
  }

  async deliverAll(): Promise<void> {
    for (let left = 10_000; left > 0; left -= 1) {
      await this.time.advance(stepMs)
      const busy = this.people.filter(({ link }) => link.waiting.up + link.waiting.down > 0)
      if (busy.length === 0) return
      for (const { link } of busy) {
        if (link.waiting.up > 0) link.deliver('up')
        if (link.waiting.down > 0) link.deliver('down')
      }
    }
    throw new Error('the same messages go to and fro for ever')
  }

  /** The server starts anew, with what is on the disk and nothing else. */
  async restart(): Promise<void> {
    this.crash()
    await this.#serverIsReady()
  }

  async #serverIsReady(): Promise<void> {
    for (let left = mostRounds; left > 0 && !this.server.isReady; left -= 1) await this.time.settle()
  }

  /** Timers of the server that runs. */
  get serverTimers(): number {
    return this.#processTime?.pending ?? 0
  }

  /** [I10] When everybody has left, the server is as if it had just been started. */
  async leavesNothing(): Promise<string[]> {
    const atStart = this.serverTimers
    for (const { link } of this.people) link.establish()
    await this.deliverAll()
    await this.time.advance(roundMs)
    for (const person of this.people) person.close()
    await this.time.advance(60_000)
    const left = this.serverTimers - atStart
    return [
      ...(left > 0 ? [`[I10] ${left} timers of the server are left`] : []),
      ...this.server.holds(this.sessionId).map((what) => `[I10] the server still holds ${what}`),
    ]
  }

  async close(): Promise<void> {
    for (const person of this.people) person.close()
    await this.store.close()
  }

  #isQuiet(): boolean {
    return this.people.every(({ client, link, number }) => {
      const { connection } = client.store.read()
      if (connection.status === 'refused') return this.removed.has(number)
      return (
        link.connected &&
        link.waiting.up + link.waiting.down === 0 &&
        connection.status === 'online' &&
        pendingOf(client) === 0 &&
        runningOf(client) === 0
      )
    })
  }

  #whatWaits(): string {
    return this.people
      .map(({ number, client, link }) => {
        const { connection } = client.store.read()
        return `person ${number} ${JSON.stringify(connection)}, ${pendingOf(client)} edits, ${runningOf(client)} turns, ${JSON.stringify(link.waiting)}`
      })
      .join('; ')
  }

  readonly nextId = (): string => `id-${(this.#ids += 1)}`

  #startServer(): void {
    const { store, cutOff } = this.disk.attach()
    const time = this.time.process()
    this.#processTime = time
    this.#cutOff = cutOff
    this.server = new SimulatedServer({ store, time, log: this.witness.log, ids: this.nextId, random: this.#random })
    const { server } = this
    // A process that cannot put things in order ends, and whoever watches over it starts the next one.
    const start = async () => {
      await this.disk.settled()
      for (const turnId of this.disk.unended) this.cutOff.add(turnId)
      await server.start()
    }
    start().catch(() => time.after(startAgainMs, () => this.crash()))
  }

  #accept(link: Link, number: number, visitId: string): ServerEnd | undefined {
    const end = this.server.accept(link, visitId)
    return end && this.witness.beside(number, end)
  }

  /** The process ends without a word, and another one starts. */
  crash(): void {
    this.#cutOff()
    this.#processTime?.end()
    for (const { link } of this.people) link.serverGone()
    this.#startServer()
  }

  person(number: number): Person {
    const person = this.people[number]
    if (person === undefined) throw new Error(`there is no person ${number}`)
    return person
  }
}

function runningOf(client: SessionClient): number {
  return client.store.read().turns.filter(({ status }) => status !== 'ended').length
}

function pendingOf(client: SessionClient): number {
  return client.documents.all().reduce((sum, { pending }) => sum + pending, 0)
}
