import { Readable } from 'node:stream'
import type { Logger } from 'pino'
import { z } from 'zod'
import { takingTurns } from '#documents/taking-turns.ts'
import { conflictChoices, renameSessionBody, type ChangesSinceBase } from '#protocol/http.ts'
import { limits } from '#protocol/limits.ts'
import { replaceBody, searchBody, type SearchLine } from '#protocol/search.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns } from '#turns/turns.ts'
import { createAttempts } from './attempts.ts'
import { readBody } from './body.ts'
import { memberRoutes } from './member-routes.ts'
import { ok, readJson, refusal, type Route } from './route.ts'

const importOptions = z.object({
  folder: z.string().max(limits.pathLength),
  conflict: z.enum(conflictChoices),
  keep: z.enum(['folder']).optional(),
})
const bodyBytes = 256 * 1024
/** A search begins with every pause in typing; replacing and importing are clicks. */
const searches = { most: 40, seconds: 10 }
/** A tab that compares reads again when a turn ends and when the tree changes. */
const comparisons = { most: 40, seconds: 10 }

/** Searching, replacing, comparing, and what comes into a session or leaves it as files: too large, or too slow, for the socket. */
export function filesRoutes({
  sessions,
  changesSince,
  log,
}: {
  sessions: Sessions
  changesSince: Turns['changesSince']
  log: Logger
}): Route[] {
  const searchAttempts = createAttempts(searches)
  const comparisonAttempts = createAttempts(comparisons)

  const asMember = memberRoutes(sessions)
  const fileName = async (sessionId: string, extension: string) => {
    const name = (await sessions.info(sessionId))?.name ?? 'session'
    return `${name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-')}.${extension}`
  }

  return [
    {
      method: 'POST',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/search$/,
      handle: asMember('viewer', async ({ request, visitId }, sessionId) => {
        const body = searchBody.parse(await readJson(request, bodyBytes))
        if (!(await searchAttempts.allowed(visitId))) return refusal(429, 'rate_limited')
        const stream = Readable.from(searchLines(sessions.search(sessionId, body), log))
        return { status: 200, stream, headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8' } }
      }),
    },
    {
      method: 'POST',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/replace$/,
      handle: asMember('editor', async ({ request }, sessionId, { participantId }) => {
        const body = replaceBody.parse(await readJson(request, bodyBytes))
        return ok(await sessions.replace(sessionId, participantId, body))
      }),
    },
    {
      method: 'POST',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/replace\/(?<replaceId>[\w-]{1,64})\/undo$/,
      handle: asMember('editor', async ({ ids }, sessionId, { participantId }) =>
        ok(await sessions.undoReplace(sessionId, participantId, ids['replaceId'] ?? '')),
      ),
    },
    {
      method: 'POST',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/files$/,
      handle: asMember('editor', async ({ request, url }, sessionId, { participantId }) => {
        const { folder, conflict, keep } = importOptions.parse(Object.fromEntries(url.searchParams))
        const zip = await readBody(request, limits.importBytes)
        const options = { folder, onConflict: conflict, keepFolder: keep === 'folder' }
        return ok(await sessions.importInto(sessionId, participantId, zip, options))
      }),
    },
    {
      method: 'POST',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/bases$/,
      handle: asMember('editor', async ({ request, url }, sessionId, { participantId }) => {
        const { name } = renameSessionBody.parse({ name: url.searchParams.get('name') })
        const zip = await readBody(request, limits.importBytes)
        return ok(await sessions.addBase(sessionId, participantId, { name, zip }))
      }),
    },
    {
      method: 'GET',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/files\/(?<fileId>[\w-]{1,64})$/,
      handle: asMember('viewer', async ({ ids }, sessionId) => {
        const { file, bytes } = await sessions.fileContent(sessionId, ids['fileId'] ?? '')
        const name = file.path.slice(file.path.lastIndexOf('/') + 1)
        return { status: 200, stream: Readable.from([bytes]), headers: asDownload('application/octet-stream', name) }
      }),
    },
    {
      method: 'GET',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/changes\/(?<baseId>[\w-]{1,64})$/,
      handle: asMember('viewer', async ({ request, visitId, ids }, sessionId) => {
        if (!(await comparisonAttempts.allowed(visitId))) return refusal(429, 'rate_limited')
        const since = await changesSince(sessionId, ids['baseId'] ?? '', () => !request.socket.destroyed)
        // Texts of a whole session: one after the other, or everybody waits until all of them are written.
        const stream = Readable.from(changesJson(since), { highWaterMark: 1 })
        return { status: 200, stream, compress: true, headers: { 'Content-Type': 'application/json; charset=utf-8' } }
      }),
    },
    {
      method: 'GET',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/zip$/,
      handle: asMember('viewer', async (_call, sessionId) => {
        const stream = await sessions.zip(sessionId)
        return { status: 200, stream, headers: asDownload('application/zip', await fileName(sessionId, 'zip')) }
      }),
    },
    {
      method: 'GET',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/patch$/,
      handle: asMember('viewer', async ({ url }, sessionId) => {
        const stream = await sessions.patch(sessionId, url.searchParams.get('since') ?? 'start')
        return { status: 200, stream, headers: asDownload('text/x-patch; charset=utf-8', await fileName(sessionId, 'patch')) }
      }),
    },
  ]
}

async function* changesJson({ changes }: ChangesSinceBase): AsyncGenerator<string> {
  const others = takingTurns()
  yield '{"changes":['
  for (const [at, change] of changes.entries()) {
    yield `${at === 0 ? '' : ','}${JSON.stringify(change)}`
    await others()
  }
  yield ']}'
}

/** What the search does not survive is told as its end: its status has been sent long before. */
async function* searchLines(lines: AsyncGenerator<SearchLine>, log: Logger): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`
  } catch (error) {
    log.error({ err: error }, 'a search failed')
    yield `${JSON.stringify({ type: 'end', reason: 'failed' } satisfies SearchLine)}\n`
  }
}

/** Never shown by the browser as a page of this origin, whatever is in it. */
function asDownload(type: string, name: string): Record<string, string> {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  return {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
  }
}
