import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'

/** How late an event loop was, in milliseconds. */
export type Lag = { p50: number; p95: number; p99: number; longest: number }

/** Measures the event loop of a server that was started with `environment`. */
export class LoopLag {
  readonly environment: Record<string, string>
  readonly #folder: string
  readonly #file: string

  private constructor(folder: string) {
    this.#folder = folder
    this.#file = path.join(folder, 'lag.json')
    const preload = fileURLToPath(new URL('./loop-lag.mjs', import.meta.url))
    this.environment = { LOOP_LAG_FILE: this.#file, NODE_OPTIONS: `--import ${preload}` }
  }

  static async create(): Promise<LoopLag> {
    return new LoopLag(await mkdtemp(path.join(tmpdir(), 'flint-lag-')))
  }

  begin(pid: number): void {
    process.kill(pid, 'SIGUSR2')
  }

  /** What it was since `begin`. */
  async end(pid: number): Promise<Lag> {
    process.kill(pid, 'SIGUSR2')
    let written = ''
    await until('the server has told of its event loop', async () => {
      written = await readFile(this.#file, 'utf8').catch(() => '')
      return written !== ''
    })
    await rm(this.#file)
    return JSON.parse(written) as Lag
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}
