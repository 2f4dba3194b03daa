import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { Documents, StoredState } from '#documents/documents.ts'
import { joinUpdates } from '#protocol/joined-updates.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { memberRoutes } from './member-routes.ts'
import { refusal, takesGzip, type Route } from './route.ts'

const compress = promisify(gzip)

/** States of documents that are too large for the socket, where they would hold up whatever comes behind them. */
export function documentRoutes({ sessions, documents }: { sessions: Sessions; documents: Documents }): Route[] {
  /** By the state itself, which is the same for all who join before the next edit. Compressed in zlib's threads. */
  const compressed = new WeakMap<StoredState, Promise<Buffer>>()
  const zipped = (state: StoredState): Promise<Buffer> => {
    const known = compressed.get(state)
    if (known !== undefined) return known
    const made = compress(joinUpdates(state.updates), { level: constants.Z_BEST_SPEED })
    compressed.set(state, made)
    return made
  }

  return [
    {
      method: 'GET',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/documents\/(?<fileId>[\w-]+)\/state$/,
      handle: memberRoutes(sessions)('viewer', async ({ request, ids }, sessionId) => {
        const fileId = ids['fileId'] ?? ''
        if ((await sessions.file(sessionId, fileId))?.kind !== 'text') return refusal(404, 'not_found')
        const state = await documents.state(fileId)
        const isZipped = takesGzip(request)
        const body = isZipped ? await zipped(state) : joinUpdates(state.updates)
        const headers = {
          'Content-Type': 'application/octet-stream',
          'Content-Length': String(body.byteLength),
          'x-flint-seq': String(state.seq),
          'x-flint-epoch': String(state.epoch),
          ...(isZipped ? { 'Content-Encoding': 'gzip' } : {}),
        }
        return { status: 200, stream: Readable.from([body]), headers }
      }),
    },
  ]
}
