import { io, type Socket } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import type { Command, Payload, Reply } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'
import type { TurnFrame } from '#protocol/turns.ts'
import { until } from '../until.ts'

/** The TCP connection below a WebSocket of the package ws, whose types hide it. */
type Pausable = { ws: { pause(): void; resume(): void } }

/**
 * One connection that reads a session's turns and checks every frame: it has to begin exactly where the one before it ended. A connection
 * that is lost joins again and names how far it is.
 */
export class Viewer {
  text = ''
  frames = 0
  lost = 0
  repeated = 0
  reconnects = -1
  ended = false
  /** Between one frame and the next, in milliseconds. */
  readonly gapsMs: number[] = []
  readonly #socket: Socket
  #turnId: string | undefined
  #marks = 0
  #reasoning = 0
  #lastFrameAt: number | undefined

  private constructor(socket: Socket, sessionId: string) {
    this.#socket = socket
    socket.on('turn.delta', (frame: TurnFrame) => this.#read(frame))
    socket.on('turn.ended', () => {
      this.ended = true
    })
    socket.on('connect', () => {
      this.reconnects += 1
      const cursor = { turnId: this.#turnId, text: this.text.length, reasoning: this.#reasoning, marks: this.#marks }
      void this.ask('session.join', {
        sessionId,
        cursors: this.#turnId === undefined ? [] : [cursor as Payload<'session.join'>['cursors'][number]],
      })
    })
  }

  static async join(url: string, { sessionId, cookie }: { sessionId: string; cookie: string }): Promise<Viewer> {
    const extraHeaders = { origin: url, cookie }
    const viewer = new Viewer(io(url, { parser, transports: ['websocket'], forceNew: true, extraHeaders }), sessionId)
    await until('a viewer has joined', () => viewer.#socket.connected)
    const joined = await viewer.ask('session.join', { sessionId, cursors: [] })
    if (!joined.ok) throw new Error(`a viewer could not join: ${joined.error.code}`)
    return viewer
  }

  ask<C extends Command>(command: C, payload: Payload<C>): Promise<Result<Reply<C>>> {
    return this.#socket.emitWithAck(command, payload) as Promise<Result<Reply<C>>>
  }

  /** Stops reading from the network, as a tab does whose machine sleeps; what is sent stays in the network's buffers. */
  stall(): () => void {
    const { ws } = this.#socket.io.engine.transport as unknown as Pausable
    ws.pause()
    return () => ws.resume()
  }

  close(): void {
    this.#socket.disconnect()
  }

  #read({ turnId, at, text, reasoningAt, reasoning, marksAt, marks }: TurnFrame): void {
    const now = performance.now()
    if (this.#lastFrameAt !== undefined) this.gapsMs.push(now - this.#lastFrameAt)
    this.#lastFrameAt = now
    this.#turnId = turnId
    this.frames += 1
    this.lost += Math.max(0, at - this.text.length)
    this.repeated += Math.max(0, this.text.length - at)
    this.text += text
    this.#reasoning = reasoningAt + reasoning.length
    this.#marks = marksAt + marks.length
  }
}
