import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How long connections may take to end by themselves: answers under way, and the closing handshake of a WebSocket. */
const graceMs = 500

/**
 * Returns what closes the server: it listens no more, and whatever is still connected after a while is cut off, upgraded and half
 * read connections too, which `Server.close` waits for without end. Call it before the server listens.
 */
export function serverCloser(server: Server): () => Promise<void> {
  const connections = new Set<Socket>()
  server.on('connection', (connection: Socket) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  return () =>
    new Promise((resolve) => {
      const cutOff = setTimeout(() => {
        for (const connection of connections) connection.destroy()
      }, graceMs)
      server.close(() => {
        clearTimeout(cutOff)
        resolve()
      })
    })
}
