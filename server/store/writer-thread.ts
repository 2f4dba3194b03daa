import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { startThread } from '#threads/start-thread.ts'
import { PendingWrites } from './pending-writes.ts'
import { StoreFailure, storeFailure } from './store-failure.ts'
import type { WriteName, WritePayload, WriteResult } from './writes.ts'
import type { FromWriter, ToWriter, WriterData } from './writer.ts'
import type { Writer } from './writer-port.ts'

/**
 * The thread that owns the write connection of a database file, so that a flush to disk never blocks the event loop. A
 * thread that died fails what it had accepted; the next write starts another one.
 */
export class WriterThread implements Writer {
  readonly #file: string
  readonly #log: Logger
  readonly #pending = new PendingWrites()
  #worker: Worker | undefined
  #closed: Promise<void> | undefined

  constructor(file: string, log: Logger) {
    this.#file = file
    this.#log = log
  }

  /** Resolves after the migrations; rejects with `StoreFailure`. */
  async start(): Promise<void> {
    const [first] = (await once(this.#launch(), 'message')) as [FromWriter]
    if (first.type === 'failed') throw storeFailure(first.failure)
  }

  write<Name extends WriteName>(name: Name, payload: WritePayload<Name>): Promise<WriteResult<Name>> {
    if (this.#closed) return Promise.reject(new StoreFailure('closed', 'the store was closed'))
    const { request, answer } = this.#pending.add(name, payload)
    // Messages wait in the port until the thread has opened the database.
    post(this.#worker ?? this.#launch(), request)
    return answer
  }

  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const worker = this.#worker
    if (!worker) return
    const exited = once(worker, 'exit')
    post(worker, 'close')
    await exited
  }

  #launch(): Worker {
    const given: WriterData = { file: this.#file }
    const worker = startThread(new URL('./writer.ts', import.meta.url), given)
    this.#worker = worker
    worker.on('error', (error) => this.#log.error({ err: error }, 'the writer thread failed'))
    worker.on('message', (message: FromWriter) => {
      if (message.type === 'committed') this.#pending.settle(message.replies)
    })
    worker.once('exit', () => {
      this.#worker = undefined
      this.#pending.failAll(new StoreFailure('failed', 'the writer thread ended before it answered'))
    })
    return worker
  }
}

function post(worker: Worker, message: ToWriter): void {
  worker.postMessage(message)
}
