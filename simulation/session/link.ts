import type { Result } from '#protocol/failures.ts'
import { fromWire } from '#session/wire-bytes.ts'
import { overTheWire } from './over-the-wire.ts'

type Done = (error: Error | null, answer?: unknown) => void
type Up = { name: string; payload: unknown; done: Done }
type Down = { deliver(): void }

/** The server's end of a connection. */
export type ServerEnd = {
  command(name: string, payload: unknown, answer: (result: Result<unknown>) => void): void
  /** The wire has room again. */
  drained(): void
  closed(): void
}
/** Undefined where nobody listens yet. */
export type Accept = (link: Link) => ServerEnd | undefined
/** Hears what the server is asked and what it tells, when it does, and what arrives of that and of its answers. */
export type Hear = (
  message:
    | { kind: 'asked' | 'told' | 'heard'; name: string; given: unknown }
    | { kind: 'answered'; name: string; asked: unknown; given: unknown },
) => void

/** A server writes on while fewer messages than this are on their way, as with a real connection. */
const shortQueue = 8

/**
 * The way between one tab and the server, which stands in for Socket.IO: messages wait in either direction until the plan delivers them,
 * in their order; what is on its way when the connection breaks is lost. Has what `createConnection` uses of a client's socket.
 */
export class Link {
  connected = false
  active = true
  id: string | undefined
  readonly io = {
    engine: { transport: { name: 'websocket' }, once: () => {} },
    opts: { transports: ['websocket'] },
  }
  readonly #accept: Accept
  readonly #hear: Hear
  readonly #clock: { after(ms: number, work: () => void): () => void }
  readonly #listeners = new Map<string, ((given: unknown) => void)[]>()
  readonly #anyListeners: ((name: string, payload: unknown) => void)[] = []
  #server: ServerEnd | undefined
  /** A server's end that has not noticed yet that nobody is there. */
  #orphan: ServerEnd | undefined
  #wanted = false
  #up: Up[] = []
  #down: Down[] = []
  #waiting = new Set<Done>()
  #connections = 0

  constructor(accept: Accept, hear: Hear, clock: { after(ms: number, work: () => void): () => void }) {
    this.#accept = accept
    this.#hear = hear
    this.#clock = clock
  }

  // What the tab calls.

  on(name: string, listener: (given: never) => void): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener as (given: unknown) => void])
    return this
  }

  onAny(listener: (name: never, payload: unknown) => void): this {
    this.#anyListeners.push(listener as (name: string, payload: unknown) => void)
    return this
  }

  connect(): this {
    this.#wanted = true
    return this
  }

  disconnect(): this {
    this.#wanted = false
    if (this.connected) this.#break('io client disconnect')
    return this
  }

  timeout(ms: number) {
    return {
      emit: (name: string, payload: unknown, done: Done) => {
        let isOver = false
        const once: Done = (error, answer) => {
          if (isOver) return
          isOver = true
          cancel()
          this.#waiting.delete(once)
          done(error, answer)
        }
        const cancel = this.#clock.after(ms, () => once(new Error('timeout')))
        this.#waiting.add(once)
        this.#up.push({ name, payload: fromWire(structuredClone(payload)), done: once })
      },
    }
  }

  // What the server calls.

  get isShort(): boolean {
    return this.#down.length < shortQueue
  }

  tell(name: string, payload: unknown): void {
    this.#hear({ kind: 'told', name, given: payload })
    // To a connection that is gone, which this end has not noticed.
    if (!this.connected) return
    this.#down.push({
      deliver: () => {
        this.#hear({ kind: 'heard', name, given: payload })
        for (const listener of this.#anyListeners) listener(name, payload)
      },
    })
  }

  /** The server ends the connection; what it has told before still arrives. */
  dismiss(): void {
    if (!this.connected) return
    this.#down.push({
      deliver: () => {
        this.#wanted = false
        this.#break('io server disconnect')
      },
    })
  }

  // What the plan does.

  get isWanted(): boolean {
    return this.#wanted
  }

  get waiting(): { up: number; down: number } {
    return { up: this.#up.length, down: this.#down.length }
  }

  /** A connection is made where the tab wants one. */
  establish(): void {
    if (!this.#wanted || this.connected) return
    this.noticeLoss()
    const server = this.#accept(this)
    if (server === undefined) return
    this.connected = true
    this.id = `connection-${(this.#connections += 1)}`
    this.#server = server
    this.#fire('connect', undefined)
  }

  deliver(direction: 'up' | 'down'): void {
    if (direction === 'down') {
      this.#down.shift()?.deliver()
      this.#server?.drained()
      return
    }
    const message = this.#up.shift()
    if (message !== undefined) this.#send(message)
  }

  /** The oldest push on its way arrives twice. */
  repeatPush(): void {
    const push = this.#up.find(({ name }) => name === 'document.push')
    if (push !== undefined) this.#up.unshift({ ...push, done: () => {} })
  }

  /** Both ends notice. */
  drop(): void {
    if (!this.connected) return
    const server = this.#server
    this.#break('transport close')
    server?.closed()
  }

  /** Only the tab notices; the server does later. */
  leaveHalfOpen(): void {
    if (!this.connected) return
    this.noticeLoss()
    this.#orphan = this.#server
    this.#break('transport close')
  }

  noticeLoss(): void {
    this.#orphan?.closed()
    this.#orphan = undefined
  }

  /** The process at the other end is gone without a word. */
  serverGone(): void {
    this.#orphan = undefined
    this.#server = undefined
    if (this.connected) this.#break('transport close')
  }

  #send({ name, payload, done }: Up): void {
    const server = this.#server
    this.#hear({ kind: 'asked', name, given: payload })
    server?.command(name, payload, (result) => {
      if (this.#server !== server) return
      this.#down.push({
        deliver: () => {
          this.#hear({ kind: 'answered', name, asked: payload, given: result })
          done(null, overTheWire(result))
        },
      })
    })
  }

  #break(reason: string): void {
    const server = this.#server
    this.connected = false
    this.#server = undefined
    this.#up = []
    this.#down = []
    if (reason === 'io client disconnect') server?.closed()
    for (const done of this.#waiting) done(new Error('disconnected'))
    this.#fire('disconnect', reason)
  }

  #fire(name: string, given: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(given)
  }
}
