import type { FlintSocket } from '../connection.ts'
import type { Packet } from './packet.ts'
import type { Wire } from './wire.ts'

/** Packets that may wait in Engine.IO's own queue. They cannot be taken back, so it is kept short. */
const shortWriteBuffer = 8

type Transport = {
  writable: boolean
  on(event: 'ready', listener: () => void): void
  off(event: 'ready', listener: () => void): void
}

/** What Engine.IO has of a connection: its queue is the only sign of a slow reader, and its type is private. */
type EngineConnection = {
  transport: Transport
  writeBuffer: unknown[]
  write(packet: Packet, options: { compress: boolean }): void
  close(discard: true): void
  on(event: 'upgrade', listener: (transport: Transport) => void): void
  on(event: 'close', listener: () => void): void
}

/** `onReady` is called whenever the transport has written what it was given. */
export function engineWire(socket: FlintSocket, onReady: () => void): Wire {
  const conn = socket.conn as unknown as EngineConnection
  let transport = conn.transport
  transport.on('ready', onReady)
  conn.on('upgrade', (upgraded) => {
    transport.off('ready', onReady)
    transport = upgraded
    transport.on('ready', onReady)
    onReady()
  })
  conn.on('close', () => transport.off('ready', onReady))
  return {
    isReady: () => conn.transport.writable && conn.writeBuffer.length < shortWriteBuffer,
    write: (packet) => conn.write(packet, { compress: false }),
    cut: () => conn.close(true),
  }
}
