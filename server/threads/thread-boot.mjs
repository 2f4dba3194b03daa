// Node cannot start a `.ts` file as a worker. This plain module teaches the new thread TypeScript, then runs
// `workerData.entry` (a file URL) in it.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
