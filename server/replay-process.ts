import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type ReplayProcess = { baseUrl: string; close(): Promise<void> }

/** Starts the replay backend as the process that it always is, and waits until it listens. Rejects when it does not. */
export async function startReplayProcess(options: { tokensPerSecond: number; ttftMs: number }): Promise<ReplayProcess> {
  const main = fileURLToPath(new URL('./model/replay/main.ts', import.meta.url))
  const pace = ['--tokens-per-second', String(options.tokensPerSecond), '--ttft-ms', String(options.ttftMs)]
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0', ...pace], {
    // The channel is what ends the child when this process dies, however it dies.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const baseUrl = await listeningUrl(child)
  return {
    baseUrl,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the replay backend ended with code ${code}`)))
    if (child.stdout === null) return
    createInterface(child.stdout).on('line', (line) => {
      const url = /^replay listening on (http:\S+)$/.exec(line)?.[1]
      if (url !== undefined) resolve(url)
    })
  })
}
