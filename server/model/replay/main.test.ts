import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

function start(args: string[], stdio: StdioOptions): ChildProcess {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], { stdio })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no stdout')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  expect(line).toMatch(/^replay listening on http:\/\/127\.0\.0\.1:\d+$/)
  return line.slice('replay listening on '.length)
}

const exitCode = async (child: ChildProcess) => ((await once(child, 'exit')) as [number | null, string | null])[0]
const onFreePort = ['--port', '0']

test('it serves the recordings of Flint and ends at SIGTERM, also in the middle of a stream', { timeout: 20_000 }, async () => {
  const child = start([...onFreePort, '--tokens-per-second', '100'], ['ignore', 'pipe', 'inherit'])
  const url = await listening(child)
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer csk-any' },
    body: JSON.stringify({ model: 'gpt-oss-120b', stream: true, messages: [{ role: 'user', content: '/stream 5000' }] }),
  })
  const reader = response.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  const ended = exitCode(child)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await reader?.cancel().catch(() => undefined)
})

test('it ends when the IPC channel of its parent closes', { timeout: 20_000 }, async () => {
  const child = start(onFreePort, ['ignore', 'pipe', 'inherit', 'ipc'])
  await listening(child)
  const ended = exitCode(child)
  child.disconnect()
  expect(await ended).toBe(0)
})

test('it ends when the pipe on its stdin closes', { timeout: 20_000 }, async () => {
  const child = start(onFreePort, ['pipe', 'pipe', 'inherit'])
  await listening(child)
  const ended = exitCode(child)
  child.stdin?.end()
  expect(await ended).toBe(0)
})

test(
  'a wrong option, a missing folder and a taken port each end the start with one sentence',
  { timeout: 20_000 },
  async () => {
    const failure = async (args: string[]) => {
      const child = start(args, ['ignore', 'pipe', 'pipe'])
      let problem = ''
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (problem += text))
      const [code] = (await once(child, 'close')) as [number]
      return { code, problem }
    }
    expect(await failure(['--port', 'x'])).toEqual({
      code: 2,
      problem: '--port must be a whole number from 0 to 65535, not "x".\n',
    })
    expect(await failure(['--port', '0', '--recordings', '/nowhere'])).toEqual({
      code: 1,
      problem: expect.stringMatching(/^The replay backend cannot start: ENOENT.*\/nowhere'\n$/),
    })
    const first = start(onFreePort, ['ignore', 'pipe', 'inherit'])
    const port = new URL(await listening(first)).port
    expect(await failure(['--port', port])).toEqual({
      code: 1,
      problem: `The replay backend cannot start: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    })
  },
)
