import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A real Flint on a port and a store of its own. */
export class FlintServer {
  readonly dataDir: string
  readonly #environment: Record<string, string>
  #child: ChildProcess | undefined
  #port = 0
  url = ''

  private constructor(dataDir: string, environment: Record<string, string>) {
    this.dataDir = dataDir
    this.#environment = environment
  }

  static async start(environment: Record<string, string> = {}): Promise<FlintServer> {
    const server = new FlintServer(await mkdtemp(path.join(tmpdir(), 'flint-journey-')), environment)
    await server.#run()
    return server
  }

  get pid(): number {
    const pid = this.#child?.pid
    if (pid === undefined) throw new Error('Flint is not running')
    return pid
  }

  /** Ends the process as a crash would and starts it again on the same port and store. */
  async restart({ signal = 'SIGKILL' }: { signal?: NodeJS.Signals } = {}): Promise<void> {
    await this.#end(signal)
    await this.#run()
  }

  /** Only ends the process; `restart` brings it back. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#end(signal)
  }

  async close(): Promise<void> {
    await this.#end('SIGTERM')
    await rm(this.dataDir, { recursive: true, force: true })
  }

  async #run(): Promise<void> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/index.ts'], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LOG_LEVEL: 'error',
        HOST: '127.0.0.1',
        CEREBRAS_API_KEY: '',
        ...this.#environment,
        PORT: String(this.#port),
        DATA_DIR: this.dataDir,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    this.url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`Flint ended with code ${code} before it was ready`)))
      createInterface({ input: child.stdout }).on('line', (line) => {
        const url = /^flint: ready on (http:\S+)$/.exec(line)?.[1]
        if (url !== undefined) resolve(url)
      })
    })
    this.#port = Number(new URL(this.url).port)
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
}
