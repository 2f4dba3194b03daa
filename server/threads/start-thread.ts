import { Worker } from 'node:worker_threads'

/** Starts a thread that runs a TypeScript module; `given` is its `workerData`. */
export function startThread(entry: URL, given: object = {}): Worker {
  return new Worker(new URL('./thread-boot.mjs', import.meta.url), {
    workerData: { ...given, entry: entry.href },
    execArgv: [],
  })
}
