import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { startService, type ModelService } from './model-service.ts'

export type HeldService = ModelService & { release(): void }

/**
 * A Cerebras-compatible service that plays a sample's recordings. Its answers stop before the event in which `marker` is complete,
 * until `release`: what happens meanwhile happens in the middle of an answer, however slow the machine is.
 */
export async function startHeldService({ sampleId, marker }: { sampleId: string; marker: string }): Promise<HeldService> {
  const service = await startService('csk-1234567890')
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))

  const forward = (asked: IncomingMessage, reply: ServerResponse) => {
    const headers = { ...asked.headers, 'x-flint-sample': sampleId }
    const onward = request(new URL(asked.url ?? '/', service.url), { method: asked.method, headers })
    onward.on('response', (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers)
      void pass(answer, reply)
    })
    onward.on('error', () => reply.destroy())
    asked.pipe(onward)
  }
  const pass = async (answer: IncomingMessage, reply: ServerResponse) => {
    let content = ''
    for await (const line of createInterface({ input: answer, crlfDelay: Infinity })) {
      content += contentOf(line)
      if (content.includes(marker)) await released
      reply.write(`${line}\n`)
    }
    reply.end()
  }

  const server = createServer(forward)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    release,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await service.stop()
    },
  }
}

/** The piece of the answer that an event of the stream carries. */
function contentOf(line: string): string {
  if (!line.startsWith('data: {')) return ''
  const event = JSON.parse(line.slice('data: '.length)) as { choices?: { delta?: { content?: string } }[] }
  return event.choices?.[0]?.delta?.content ?? ''
}
