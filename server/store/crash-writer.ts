import { pino } from 'pino'
import { openStore } from './open-store.ts'

/** Appends to the document `f1` of the database named on the command line until it is killed; prints what was acknowledged. */
const [file = ''] = process.argv.slice(2)
const store = await openStore({ file, log: pino({ level: 'silent' }) })
const update = new Uint8Array(100)
for (let number = 0; ; number += 16) {
  const pushIds = Array.from({ length: 16 }, (_, index) => `push-${number + index}`)
  await Promise.all(
    pushIds.map(async (pushId) => {
      await store.append({ sessionId: 's1', fileId: 'f1', author: 'p1', pushId, update })
      process.stdout.write(`${pushId}\n`)
    }),
  )
}
