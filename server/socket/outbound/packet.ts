import parser from 'socket.io-msgpack-parser'
import type { ServerEvent, ServerEvents } from '#protocol/events.ts'
import { toWire } from '../wire-bytes.ts'

/** An event as it goes over the wire. It belongs to nobody, so one is written to any number of connections. */
export type Packet = Buffer

const socketIoEvent = 2
const encoder = new parser.Encoder()

const shared = new WeakMap<object, Packet>()

/** Of a payload that is the same object for several connections: the packet is made once. */
export function sharedPacketOf<E extends ServerEvent>(event: E, payload: ServerEvents[E]): Packet {
  const known = shared.get(payload)
  if (known !== undefined) return known
  const packet = packetOf(event, payload)
  shared.set(payload, packet)
  return packet
}

export function packetOf<E extends ServerEvent>(event: E, payload: ServerEvents[E]): Packet {
  // The package's types are those of the browser: here it makes one Buffer.
  const [packet] = encoder.encode({ type: socketIoEvent, nsp: '/', data: [event, toWire(payload)] }) as unknown as [Packet]
  return packet
}
