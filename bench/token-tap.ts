import { connect, createServer, type AddressInfo } from 'node:net'

/**
 * Passes bytes between a client and a backend, outside every process that is measured, and tells when bytes that carry tokens
 * are about to be handed on.
 */
export async function startTokenTap(target: URL, onTokens: () => void): Promise<{ url: string; close(): void }> {
  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true })
    client.setNoDelay(true)
    upstream.on('data', (bytes) => {
      if (bytes.includes('"content"')) onTokens()
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
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}
