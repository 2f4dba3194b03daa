import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { commitBatch, type WriteReply } from './commit-batch.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { plainFailure, type PlainFailure } from './store-failure.ts'
import type { WriteRequest } from './writes.ts'

/** The writer thread: owns the write connection. Runs in a worker with `workerData: WriterData`. */
export type WriterData = { file: string }
export type ToWriter = WriteRequest | 'close'
export type FromWriter =
  | { type: 'ready' }
  | { type: 'failed'; failure: PlainFailure }
  | { type: 'committed'; replies: WriteReply[] }

if (parentPort) await run(parentPort, (workerData as WriterData).file)

async function run(port: MessagePort, file: string): Promise<void> {
  const tell = (message: FromWriter) => port.postMessage(message)
  let db
  try {
    db = openDatabase(file, 'write')
    await migrate(db, migrations)
  } catch (error) {
    tell({ type: 'failed', failure: plainFailure(error) })
    return
  }
  tell({ type: 'ready' })

  const database = db
  const inbox: ToWriter[] = []
  let committing = false
  port.on('message', (message: ToWriter) => {
    inbox.push(message)
    if (!committing) void commitInbox()
  })

  /** Batches follow back to back: the next one is whatever arrived while the last one committed. */
  async function commitInbox(): Promise<void> {
    committing = true
    for (let batch = takeInbox(); batch.length > 0; batch = takeInbox()) {
      const requests = batch.filter((message) => message !== 'close')
      if (requests.length > 0) tell({ type: 'committed', replies: await commitBatch(database, requests) })
      if (requests.length < batch.length) {
        await database.destroy()
        port.close()
        return
      }
    }
    committing = false
  }

  function takeInbox(): ToWriter[] {
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      inbox.push(next.message as ToWriter)
    }
    return inbox.splice(0)
  }
}
