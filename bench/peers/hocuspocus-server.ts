import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

/** Hocuspocus as its guide sets it up: documents in a SQLite file, stored after its own debounce. Told by HOST, PORT and DATABASE. */
const port = Number(process.env['PORT'])
const server = new Server({
  address: process.env['HOST'] ?? '127.0.0.1',
  port,
  quiet: true,
  extensions: [new SQLite({ database: process.env['DATABASE'] ?? '' })],
})
await server.listen()
process.stdout.write(`hocuspocus: ready on ${port}\n`)
