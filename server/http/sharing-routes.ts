import { joinBody, lookBody, recoverBody, type StandingReply } from '#protocol/sharing.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Attempts } from './attempts.ts'
import type { AddressOf } from './proxies.ts'
import { ok, readJson, refusal, type Route } from './route.ts'

/** How somebody who is not in a session yet, or not any more, comes in. Guesses are limited per address. */
export function sharingRoutes({
  sessions,
  attempts,
  addressOf,
}: {
  sessions: Sessions
  attempts: Attempts
  addressOf: AddressOf
}): Route[] {
  const limited =
    (handle: Route['handle']): Route['handle'] =>
    async (call) =>
      (await attempts.allowed(addressOf(call.request))) ? handle(call) : refusal(429, 'rate_limited')

  return [
    {
      method: 'POST',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/link$/,
      handle: limited(async ({ request, visitId, ids }) => {
        const { secret } = lookBody.parse(await readJson(request))
        return ok(await sessions.lookAtLink(ids['sessionId'] ?? '', secret, visitId))
      }),
    },
    {
      method: 'POST',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/join$/,
      handle: limited(async ({ request, visitId, ids }) => {
        const { secret, name } = joinBody.parse(await readJson(request))
        const standing = await sessions.enterThroughLink(ids['sessionId'] ?? '', secret, visitId, name)
        return ok({ standing } satisfies StandingReply)
      }),
    },
    {
      method: 'GET',
      path: /^\/api\/sessions\/(?<sessionId>[\w-]+)\/standing$/,
      handle: async ({ visitId, ids }) => {
        const standing = await sessions.standing(ids['sessionId'] ?? '', visitId)
        return standing === undefined ? refusal(404, 'not_found') : ok({ standing } satisfies StandingReply)
      },
    },
    {
      method: 'POST',
      path: /^\/api\/recover$/,
      handle: limited(async ({ request, visitId }) => {
        const { code } = recoverBody.parse(await readJson(request))
        return ok(await sessions.recover(code, visitId))
      }),
    },
  ]
}
