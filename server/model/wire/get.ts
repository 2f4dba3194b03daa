import type { IncomingHttpHeaders } from 'node:http'
import { connectionProblem } from './connection-problem.ts'
import { parseErrorBody } from './error-body.ts'
import { exchange } from './exchange.ts'
import { type Problem, refusal, requestId } from './problem.ts'
import type { Wire } from './wire.ts'

/** Far more than any list of models. */
const bodyBytes = 4_000_000

/** GETs a small document; resolves to its text, or to why there is none. */
export function get(wire: Wire, path: string): Promise<{ text: string } | { problem: Problem }> {
  return new Promise((resolve) => {
    let status = 0
    let headers: IncomingHttpHeaders = {}
    const pieces: Buffer[] = []
    let size = 0
    const id = () => requestId(headers, wire.dialect)
    const { abort } = exchange(
      wire.connections,
      { method: 'GET', path: wire.pathPrefix + path, headers: { ...wire.headers, accept: 'application/json' }, body: null },
      wire.timeouts,
      wire.timers,
      {
        onHeaders(responseStatus, responseHeaders) {
          status = responseStatus
          headers = responseHeaders
        },
        onBytes(bytes) {
          pieces.push(bytes)
          size += bytes.byteLength
        },
        onRead() {
          if (size <= bodyBytes) return
          resolve({ problem: { failure: { code: 'bad_stream', ...id() }, transient: false, refusedFields: [] } })
          abort()
        },
        onEnd() {
          const text = Buffer.concat(pieces).toString('utf8')
          if (status < 300) resolve({ text })
          else resolve({ problem: refusal({ ...parseErrorBody(text), status }, headers, wire.dialect, 0) })
        },
        onError: (error) => resolve({ problem: connectionProblem(error, status !== 0, id()) }),
      },
    )
  })
}
