import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

/** A server process that says in a line of its own when it listens, and can be killed and started again on the same port. */
export class ChildServer {
  readonly #args: string[]
  readonly #ready: RegExp
  #environment: Record<string, string> = {}
  #child: ChildProcess | undefined
  port = 0

  constructor({ args, ready }: { args: string[]; ready: RegExp }) {
    this.#args = args
    this.#ready = ready
  }

  get pid(): number {
    const pid = this.#child?.pid
    if (pid === undefined) throw new Error('the server is not running')
    return pid
  }

  async start(environment: Record<string, string>): Promise<void> {
    this.#environment = environment
    this.port = await freePort()
    await this.run()
  }

  async run(): Promise<void> {
    const child = spawn(process.execPath, this.#args, {
      env: { ...process.env, ...this.#environment, HOST: '127.0.0.1', PORT: String(this.port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server ended with code ${code} before it was ready`)))
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (this.#ready.test(line)) resolve()
      })
    })
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
