import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Starts the replay backend in a process of its own, with these command-line options, on a free port. */
export async function startEmulator(options: string[]): Promise<{ url: string; close(): void }> {
  const main = fileURLToPath(new URL('../server/model/replay/main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (child.stdout === null) throw new Error('the emulator has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^replay listening on (http:\S+)$/.exec(line)?.[1]
    if (url !== undefined) return { url, close: () => child.kill() }
  }
  throw new Error('the emulator did not start')
}
