import { connect, createServer, type AddressInfo } from 'node:net'

/**
 * Passes bytes between Flint and a backend and notes when the backend's newest bytes went by: the moment of the last token, on
 * this machine's clock, outside every process that is measured.
 */
export async function startTokenTap(target: URL): Promise<{ url: string; lastTokenAtEpochMs(): number; close(): void }> {
  let last = 0
  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true })
    client.setNoDelay(true)
    upstream.on('data', (bytes) => {
      if (bytes.includes('"content"')) last = performance.timeOrigin + performance.now()
      client.write(bytes)
    })
    client.pipe(upstream)
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const side of [client, upstream]) side.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, lastTokenAtEpochMs: () => last, close: () => server.close() }
}
