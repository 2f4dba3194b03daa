import { connect, createServer, type AddressInfo } from 'node:net'

/**
 * Lets a client outside of a browser in as the browser's visit, and counts the bytes that the server sends it. A client in Node names
 * neither cookies nor an origin, and a cookie's name holds the server's port: all three are put into the request that opens the connection.
 */
export async function startViewerTap(
  server: URL,
  cookie: string,
): Promise<{ url: string; receivedBytes(): number; close(): void }> {
  let received = 0
  const tap = createServer((client) => {
    const upstream = connect({ host: server.hostname, port: Number(server.port), noDelay: true })
    client.setNoDelay(true)
    client.once('data', (request) => {
      const head = request
        .toString('latin1')
        .replace(/^host: .*$/im, `Host: ${server.host}\r\nOrigin: ${server.origin}\r\nCookie: ${cookie}`)
      upstream.write(head, 'latin1')
      client.pipe(upstream)
    })
    upstream.on('data', (bytes) => {
      received += bytes.length
      client.write(bytes)
    })
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const side of [client, upstream]) side.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => tap.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(tap.address() as AddressInfo).port}`,
    receivedBytes: () => received,
    close: () => tap.close(),
  }
}
