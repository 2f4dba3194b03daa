import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type ModelService = { url: string; stop(): Promise<void> }

/** A Cerebras-compatible service on a port of its own, which accepts one key. */
export async function startService(key: string): Promise<ModelService> {
  const main = fileURLToPath(new URL('../server/model/replay/main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0', '--key', key, '--ttft-ms', '20'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    void ended.then(() => reject(new Error('the service ended before it listened')))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const listening = /listening on (http:\S+)$/.exec(line)?.[1]
      if (listening !== undefined) resolve(listening)
    })
  })
  return {
    url,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}
