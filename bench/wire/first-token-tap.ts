import { connect, createServer, type AddressInfo } from 'node:net'

/** Passes bytes between a contender and the emulator and notes when the first token of an expected answer is handed on (ns). */
export async function startFirstTokenTap(
  target: URL,
): Promise<{ url: string; expect(): void; firstTokenAtNs(): bigint; close(): void }> {
  let firstAtNs: bigint | undefined
  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true })
    client.setNoDelay(true)
    upstream.on('data', (bytes) => {
      if (firstAtNs === undefined && bytes.includes('"content"')) firstAtNs = process.hrtime.bigint()
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
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    expect: () => (firstAtNs = undefined),
    firstTokenAtNs: () => {
      if (firstAtNs === undefined) throw new Error('no token went by')
      return firstAtNs
    },
    close: () => server.close(),
  }
}
