import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import { z } from 'zod'
import { createSessionBody, renameSessionBody } from '#protocol/http.ts'
import { limits } from '#protocol/limits.ts'
import { permits } from '#protocol/roles.ts'
import type { BackendInfo } from '#protocol/sessions.ts'
import { DocumentFailure, type Documents } from '#documents/documents.ts'
import { SessionFailure, type Sessions } from '#sessions/sessions.ts'
import { TurnRefused, type Turns } from '#turns/turns.ts'
import type { Access } from './access.ts'
import { createAttempts } from './attempts.ts'
import type { AddressOf } from './proxies.ts'
import { BodyTooLarge, readBody } from './body.ts'
import { documentRoutes } from './document-routes.ts'
import { filesRoutes } from './files-routes.ts'
import { memberRoutes } from './member-routes.ts'
import { ok, readJson, refusal, type ApiReply, type Route } from './route.ts'
import { sharingRoutes } from './sharing-routes.ts'

const accessBody = z.strictObject({ password: z.string().max(1_000) })

/** The HTTP API: what has to work before a socket is there, and what is too large for one. */
export function createApi({
  sessions,
  documents,
  access,
  backends,
  changesSince,
  addressOf,
  mayCreate,
  log,
}: {
  sessions: Sessions
  documents: Documents
  access: Access
  backends: () => BackendInfo[]
  changesSince: Turns['changesSince']
  addressOf: AddressOf
  /** Whether this address may start one more session. */
  mayCreate: (address: string) => Promise<boolean>
  log: Logger
}): (request: IncomingMessage, url: URL, visitId: string, granted: boolean) => Promise<ApiReply> {
  const routes: Route[] = [
    { method: 'GET', path: /^\/api\/health$/, open: true, handle: async () => ok({ ok: true }) },
    {
      method: 'POST',
      path: /^\/api\/access$/,
      open: true,
      handle: async ({ request, visitId }) => {
        const { password } = accessBody.parse(await readJson(request))
        const entered = await access.enter(request, visitId, password)
        if (typeof entered === 'object') return { ...ok({}), headers: { 'Set-Cookie': entered.cookie } }
        return refusal(entered === 'rate_limited' ? 429 : 403, entered)
      },
    },
    { method: 'GET', path: /^\/api\/status$/, handle: async () => ok({ backends: backends() }) },
    { method: 'GET', path: /^\/api\/samples$/, handle: async () => ok({ samples: sessions.samples() }) },
    {
      method: 'GET',
      path: /^\/api\/sessions$/,
      handle: async ({ visitId }) => ok({ sessions: await sessions.recent(visitId) }),
    },
    {
      method: 'POST',
      path: /^\/api\/sessions$/,
      handle: async ({ request, url, visitId }) => {
        if (!(await mayCreate(addressOf(request)))) return refusal(429, 'rate_limited')
        if (request.headers['content-type'] === 'application/zip') {
          const name = renameSessionBody.parse({ name: url.searchParams.get('name') }).name
          const keepFolder = url.searchParams.get('folder') === 'keep'
          return ok(await sessions.createFromZip(visitId, name, await readBody(request, limits.importBytes), { keepFolder }))
        }
        const body = createSessionBody.parse(await readJson(request))
        return ok(
          body.from === 'sample'
            ? await sessions.createFromSample(visitId, body.sampleId)
            : await sessions.createEmpty(visitId, body.name),
        )
      },
    },
    {
      method: 'PATCH',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)$/,
      handle: async ({ request, visitId, ids }) => {
        await sessions.rename(visitId, ids['sessionId'] ?? '', renameSessionBody.parse(await readJson(request)).name)
        return ok({})
      },
    },
    {
      method: 'DELETE',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)$/,
      handle: async ({ visitId, ids }) => {
        await sessions.remove(visitId, ids['sessionId'] ?? '')
        return ok({})
      },
    },
    {
      method: 'GET',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/texts$/,
      handle: memberRoutes(sessions)('viewer', async (_call, sessionId) => ok({ texts: await sessions.texts(sessionId) })),
    },
    {
      // Pushes that are too large for a socket frame; the same checks and the same answer as `document.push`.
      method: 'POST',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/documents\/(?<fileId>[\w-]+)\/push$/,
      handle: async ({ request, visitId, ids }) => {
        const { sessionId = '', fileId = '' } = ids
        const pushId = request.headers['x-flint-push']
        if (typeof pushId !== 'string' || !/^[\w-]{1,64}$/.test(pushId)) return refusal(400, 'invalid_payload')
        const epoch = Number(request.headers['x-flint-epoch'])
        if (!Number.isSafeInteger(epoch) || epoch < 0) return refusal(400, 'invalid_payload')
        const participant = await sessions.participant(sessionId, visitId)
        if (participant === undefined || (await sessions.file(sessionId, fileId)) === undefined)
          return refusal(404, 'not_found')
        if (!permits(participant.role, 'editor')) return refusal(403, 'denied')
        const update = await readBody(request, limits.largePushBytes)
        return ok(await documents.push(fileId, { participantId: participant.participantId, pushId, epoch, update }))
      },
    },
    ...sharingRoutes({
      sessions,
      attempts: createAttempts({ most: 60, seconds: 60 }),
      addressOf,
    }),
    ...documentRoutes({ sessions, documents }),
    ...filesRoutes({ sessions, changesSince, log }),
  ]

  return async (request, url, visitId, granted) => {
    // Node sends no body in the answer to a HEAD.
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const route = routes.find((candidate) => candidate.method === method && candidate.path.test(url.pathname))
    if (route === undefined) return refusal(404, 'not_found')
    if (!granted && route.open !== true) return refusal(403, 'denied')
    try {
      return await route.handle({ request, url, visitId, ids: route.path.exec(url.pathname)?.groups ?? {} })
    } catch (error) {
      const known = knownFailure(error)
      if (known === undefined) throw error
      return known
    }
  }
}

function knownFailure(error: unknown): ApiReply | undefined {
  if (error instanceof z.ZodError) return refusal(400, 'invalid_payload')
  if (error instanceof BodyTooLarge) return refusal(413, 'too_large')
  if (error instanceof DocumentFailure)
    return { status: error.code === 'unavailable' ? 503 : 409, body: { error: { code: error.code } } }
  if (error instanceof TurnRefused && error.code === 'not_found') return refusal(404, 'not_found')
  if (!(error instanceof SessionFailure)) return undefined
  switch (error.code) {
    case 'not_found':
      return refusal(404, 'not_found')
    case 'denied':
      return refusal(403, 'denied')
    case 'path_taken':
    case 'invalid_name':
    case 'invalid_path':
    case 'invalid_pattern':
      return refusal(400, 'invalid_payload')
    case 'limit_reached':
      return refusal(413, 'too_many_files')
    case 'too_large':
      return refusal(413, 'too_large')
    case 'not_a_zip':
      return refusal(400, 'not_a_zip')
    case 'too_many_bases':
      return refusal(409, 'too_many_bases')
    case 'nothing_to_import':
      return refusal(400, 'nothing_to_import')
    case 'name_taken':
      return refusal(409, 'name_taken')
    case 'link_expired':
    case 'link_revoked':
    case 'link_used_up':
      return refusal(410, error.code)
    case 'session_full':
      return refusal(409, 'session_full')
    case 'declined':
      return refusal(403, 'declined')
    case 'last_owner':
      return refusal(403, 'denied')
    case 'unavailable':
      return refusal(503, 'unavailable')
  }
}
