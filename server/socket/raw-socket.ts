import { connect, type Socket } from 'node:net'
import parser from 'socket.io-msgpack-parser'
import { onTestFinished } from 'vitest'
import { toWire } from './wire-bytes.ts'

type Packet = { type: number; nsp: string; data?: unknown; id?: number }
type Frame = { opcode: number; payload: Buffer }

const [text, binary, close] = [1, 2, 8]

/** A client that writes the bytes of its WebSocket itself, and may therefore send anything. For tests. */
export class RawSocket {
  /** Status line of the answer to the upgrade. */
  readonly status: string
  readonly closed: Promise<void>
  readonly #socket: Socket
  readonly #packets: Packet[] = []
  readonly #waiting: { wants: (packet: Packet) => boolean; take: (packet: Packet) => void }[] = []
  #unread = Buffer.alloc(0)
  #lastId = 0

  private constructor(socket: Socket, status: string, unread: Buffer) {
    this.#socket = socket
    this.status = status
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    this.#read(unread)
    socket.resume()
  }

  /** Asks for the upgrade with these headers, and enters the namespace where it is granted. */
  static async open(url: string, headers: Record<string, string>): Promise<RawSocket> {
    const { hostname, port, host } = new URL(url)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    const lines = {
      host,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    }
    const asked = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${asked.join('')}\r\n`)
    const [head, rest] = await answerHead(socket)
    const opened = new RawSocket(socket, head.split('\r\n')[0] ?? '', rest)
    if (opened.status.includes(' 101 ')) {
      opened.send({ type: 0, nsp: '/' })
      await opened.next((packet) => packet.type === 0)
    }
    return opened
  }

  /** Sends a command as the app's own client would, and resolves with its answer. */
  async ask(name: string, payload: unknown): Promise<unknown> {
    const id = (this.#lastId += 1)
    this.send({ type: 2, nsp: '/', id, data: [name, toWire(payload)] })
    const answer = await this.next((packet) => packet.type === 3 && packet.id === id)
    return (answer.data as unknown[])[0]
  }

  /** The next event of that name. */
  async told(name: string): Promise<unknown> {
    const packet = await this.next(({ type, data }) => type === 2 && (data as unknown[])[0] === name)
    return (packet.data as unknown[])[1]
  }

  /** Any packet of Socket.IO, as msgpack. */
  send(packet: object): void {
    const [bytes] = new parser.Encoder().encode(packet) as unknown as [Uint8Array]
    this.sendBytes(bytes)
  }

  sendBytes(bytes: Uint8Array, opcode: number = binary): void {
    // A mask of zeros leaves the bytes as they are.
    this.#socket.write(Buffer.concat([frameHead(opcode, bytes.byteLength), Buffer.alloc(4), bytes]))
  }

  next(wants: (packet: Packet) => boolean): Promise<Packet> {
    const at = this.#packets.findIndex(wants)
    const [found] = at < 0 ? [] : this.#packets.splice(at, 1)
    return found === undefined ? new Promise((take) => this.#waiting.push({ wants, take })) : Promise.resolve(found)
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk])
    for (let frame = readFrame(this.#unread); frame !== undefined; frame = readFrame(this.#unread)) {
      this.#unread = this.#unread.subarray(frame.length)
      this.#receive(frame)
    }
  }

  #receive({ opcode, payload }: Frame): void {
    if (opcode === close) this.#socket.end()
    // Engine.IO's ping.
    if (opcode === text && payload.toString() === '2') this.sendBytes(Buffer.from('3'), text)
    if (opcode !== binary) return
    const decoder = new parser.Decoder()
    decoder.on('decoded', (packet: Packet) => {
      const waiting = this.#waiting.findIndex(({ wants }) => wants(packet))
      if (waiting < 0) this.#packets.push(packet)
      else this.#waiting.splice(waiting, 1)[0]?.take(packet)
    })
    decoder.add(payload)
  }
}

async function answerHead(socket: Socket): Promise<[head: string, rest: Buffer]> {
  let read = Buffer.alloc(0)
  for (;;) {
    const end = read.indexOf('\r\n\r\n')
    if (end >= 0) return [read.subarray(0, end).toString(), read.subarray(end + 4)]
    read = Buffer.concat([
      read,
      await new Promise<Buffer>((resolve, reject) => {
        const gone = () => reject(new Error('closed before it was answered'))
        socket.once('close', gone)
        socket.once('data', (chunk: Buffer) => {
          socket.off('close', gone)
          socket.pause()
          resolve(chunk)
        })
        socket.resume()
      }),
    ])
  }
}

function frameHead(opcode: number, length: number): Buffer {
  const [last, masked] = [0x80, 0x80]
  if (length < 126) return Buffer.from([last | opcode, masked | length])
  const head = Buffer.alloc(length < 65_536 ? 4 : 10)
  head[0] = last | opcode
  if (length < 65_536) {
    head[1] = masked | 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = masked | 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  return head
}

/** The first frame of what was read, if it is whole; the server never masks nor fragments. */
function readFrame(read: Buffer): (Frame & { length: number }) | undefined {
  if (read.length < 2) return undefined
  const short = (read[1] ?? 0) & 0x7f
  const head = short === 126 ? 4 : short === 127 ? 10 : 2
  if (read.length < head) return undefined
  const size = short === 126 ? read.readUInt16BE(2) : short === 127 ? Number(read.readBigUInt64BE(2)) : short
  if (read.length < head + size) return undefined
  return { opcode: (read[0] ?? 0) & 0x0f, payload: read.subarray(head, head + size), length: head + size }
}
