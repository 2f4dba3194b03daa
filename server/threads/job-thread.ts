import type { Worker } from 'node:worker_threads'
import type { FromWorker } from './answer-jobs.ts'
import { startThread } from './start-thread.ts'

/** The job itself failed, which says nothing about the thread. Of the error only its text comes over. */
export class JobFailed extends Error {
  override name = 'JobFailed'
}

export class JobTooSlow extends Error {
  override name = 'JobTooSlow'
}

/**
 * Does jobs in a thread of its own, one after the other, started with the first job. A job that does not keep its deadline ends
 * the thread and rejects with `JobTooSlow`; the next one gets a new thread. Any other rejection than these two is the thread's own end.
 */
export class JobThread<Job, Answer> {
  readonly #entry: URL
  #last: Promise<unknown> = Promise.resolve()
  #worker: Promise<Worker> | undefined
  #closed = false

  constructor(entry: URL) {
    this.#entry = entry
  }

  /** Without `longestMs` the job takes as long as it takes. */
  run(job: Job, longestMs?: number): Promise<Answer> {
    const done = this.#last.then(() => this.#run(job, longestMs))
    this.#last = done.catch(() => {})
    return done
  }

  /** What is under way is ended, and what comes later refused. */
  async close(): Promise<void> {
    this.#closed = true
    await (await this.#worker)?.terminate()
  }

  async #run(job: Job, longestMs: number | undefined): Promise<Answer> {
    if (this.#closed) throw new Error('the thread was closed')
    this.#worker ??= this.#start()
    const worker = await this.#worker
    worker.ref()
    return new Promise<Answer>((resolve, reject) => {
      let cause: unknown
      const end = (settle: () => void) => {
        clearTimeout(timer)
        worker.off('message', onMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
        worker.unref()
        settle()
      }
      const onMessage = (reply: Exclude<FromWorker<Answer>, 'ready'>) =>
        end(() => ('answer' in reply ? resolve(reply.answer) : reject(new JobFailed(reply.problem))))
      const onError = (error: unknown) => {
        cause = error
      }
      const onExit = () => end(() => reject(new Error('the thread ended', { cause })))
      const tooSlow = () => {
        this.#worker = undefined
        end(() => reject(new JobTooSlow()))
        void worker.terminate()
      }
      const timer = longestMs === undefined ? undefined : setTimeout(tooSlow, longestMs)
      worker.on('message', onMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      worker.postMessage(job)
    })
  }

  /** Resolves once the worker's code is loaded, which counts against no deadline. */
  #start(): Promise<Worker> {
    const worker = startThread(this.#entry)
    const started = new Promise<Worker>((resolve, reject) => {
      worker.once('message', () => {
        worker.unref()
        resolve(worker)
      })
      worker.once('error', reject)
      worker.once('exit', () => {
        if (this.#worker === started) this.#worker = undefined
        reject(new Error('the thread did not start'))
      })
    })
    return started
  }
}
