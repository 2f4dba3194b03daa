import { Worker } from 'node:worker_threads'
import { compaction, type Compaction } from './compaction.ts'
import type { FromCompaction, ToCompaction } from './compaction-worker.ts'
import { tailBytes, type StoredDocument } from './stored-document.ts'

/** Below this a document loads within a few milliseconds, faster than it travels to another thread. */
const smallBytes = 64 * 1024

type Waiting = { resolve: (compaction: Compaction) => void; reject: (error: Error) => void }

/** Compacts documents; large ones in a thread, started when the first one comes, so that they never block the event loop. */
export class Compactor {
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1
  #worker: Worker | undefined

  async compact(stored: StoredDocument): Promise<Compaction> {
    const bytes = (stored.snapshot ?? stored.blob ?? new Uint8Array()).byteLength + tailBytes(stored)
    if (bytes < smallBytes) return compaction(stored)
    return new Promise((resolve, reject) => {
      const message: ToCompaction = { id: this.#nextId++, stored }
      this.#waiting.set(message.id, { resolve, reject })
      this.#worker ??= this.#start()
      this.#worker.postMessage(message)
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const entry = new URL('./compaction-worker.ts', import.meta.url).href
    const worker = new Worker(new URL('../worker-boot.mjs', import.meta.url), { workerData: { entry }, execArgv: [] })
    worker.on('message', (answer: FromCompaction) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('compaction' in answer) waiting?.resolve(answer.compaction)
      else waiting?.reject(new Error(answer.problem))
    })
    let problem: unknown
    worker.on('error', (error) => {
      problem = error
    })
    worker.once('exit', () => {
      this.#worker = undefined
      const waiting = [...this.#waiting.values()]
      this.#waiting.clear()
      for (const { reject } of waiting) reject(new Error('the compaction thread ended', { cause: problem }))
    })
    return worker
  }
}
