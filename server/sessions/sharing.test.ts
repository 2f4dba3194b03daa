import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { createDocuments } from '#documents/create-documents.ts'
import { limits } from '#protocol/limits.ts'
import { openStore } from '#store/open-store.ts'
import { createSessions } from './create-sessions.ts'
import type { SessionEvent } from './sessions.ts'

const hourMs = 3_600_000

/** A session of `owner`; `at` moves the clock. */
async function setUp() {
  const log = pino({ level: 'silent' })
  const store = await openStore({ file: ':memory:', log })
  const documents = createDocuments({ store, log })
  onTestFinished(async () => {
    await documents.close()
    await store.close()
  })
  let now = 1_000
  let lastId = 0
  const sessions = createSessions({
    store,
    documents,
    samplesDir: fileURLToPath(new URL('samples', import.meta.url)),
    clock: () => now,
    ids: () => `id${++lastId}`,
    defaultBackend: () => ({ backendId: 'replay', model: 'recorded' }),
    log,
  })
  const { sessionId } = await sessions.createEmpty('owner', 'Shared')
  const events: SessionEvent[] = []
  sessions.onEvent((event) => events.push(event))
  const owner = (await sessions.participant(sessionId, 'owner'))?.participantId ?? ''
  return {
    sessions,
    store,
    sessionId,
    owner,
    events,
    at: (time: number) => (now = time),
    link: (role: 'viewer' | 'reviewer' | 'editor', maxUses?: number) =>
      sessions.createLink(sessionId, owner, {
        role,
        label: '',
        expiresInMs: hourMs,
        ...(maxUses === undefined ? {} : { maxUses }),
      }),
    role: async (visitId: string) => (await sessions.participant(sessionId, visitId))?.role,
    id: async (visitId: string) => (await sessions.participant(sessionId, visitId))?.participantId ?? '',
    told: (type: SessionEvent['type']) => events.filter((event) => event.type === type),
  }
}

const refused = (code: string) => expect.objectContaining({ name: 'SessionFailure', code })

test('[L1] a link is exchanged for a place with its role; the store holds only a hash of it', async () => {
  const { sessions, store, sessionId, link, told } = await setUp()
  const { secret } = await link('reviewer')
  expect(await sessions.lookAtLink(sessionId, secret, 'ada')).toEqual({
    sessionName: 'Shared',
    role: 'reviewer',
    approval: false,
  })
  expect(await sessions.enterThroughLink(sessionId, secret, 'ada', ' Ada ')).toBe('member')
  const ada = await sessions.participant(sessionId, 'ada')
  expect(ada).toEqual({ participantId: expect.any(String), name: 'Ada', role: 'reviewer', colour: 1, guest: true })
  expect(told('people')).toEqual([{ type: 'people', sessionId, changed: [ada] }])
  expect(JSON.stringify(await store.links(sessionId))).not.toContain(secret)
  expect((await sessions.recent('ada')).map((session) => session.sessionId)).toEqual([sessionId])
})

test('[L2] a wrong secret is refused as a session that does not exist; what is wrong with a link is told to who has its secret', async () => {
  const { sessions, sessionId, link, at } = await setUp()
  const once = await link('editor', 1)
  const revoked = await link('editor')
  const late = await link('editor')
  await sessions.enterThroughLink(sessionId, once.secret, 'ada', 'Ada')
  await sessions.revokeLink(sessionId, revoked.link.linkId, { removePeople: false })
  for (const call of [
    sessions.enterThroughLink(sessionId, 'A'.repeat(24), 'bob', 'Bob'),
    sessions.enterThroughLink('nowhere', late.secret, 'bob', 'Bob'),
    sessions.lookAtLink(sessionId, 'A'.repeat(24), 'bob'),
    sessions.lookAtLink('nowhere', late.secret, 'bob'),
  ])
    await expect(call).rejects.toEqual(refused('not_found'))
  await expect(sessions.enterThroughLink(sessionId, once.secret, 'bob', 'Bob')).rejects.toEqual(refused('link_used_up'))
  await expect(sessions.enterThroughLink(sessionId, revoked.secret, 'bob', 'Bob')).rejects.toEqual(refused('link_revoked'))
  at(1_000 + hourMs)
  await expect(sessions.enterThroughLink(sessionId, late.secret, 'bob', 'Bob')).rejects.toEqual(refused('link_expired'))
  expect(await sessions.standing(sessionId, 'bob')).toBeUndefined()
})

test('[L2] a session that has as many people as it can hold says so, and lets those in who are in it', async () => {
  const { sessions, sessionId, link, store } = await setUp()
  const { secret } = await link('editor')
  await sessions.enterThroughLink(sessionId, secret, 'ada', 'Ada')
  const some = (await store.participants(sessionId))[0]
  if (some === undefined) throw new Error('nobody is in the session')
  const others = Array.from({ length: limits.participantsPerSession - 2 }, (_, index) => `other ${index}`)
  const people = others.map((id) => ({ ...some, participantId: id, visitId: id, name: id }))
  await store.saveSharing(sessionId, { people })
  await expect(sessions.enterThroughLink(sessionId, secret, 'bob', 'Bob')).rejects.toEqual(refused('session_full'))
  expect(await sessions.enterThroughLink(sessionId, secret, 'ada')).toBe('member')
})

test('[L3] a link raises a role and never lowers it, not even the owner’s', async () => {
  const { sessions, sessionId, link, role, told } = await setUp()
  const [viewer, editor] = [await link('viewer'), await link('editor')]
  await sessions.enterThroughLink(sessionId, viewer.secret, 'ada', 'Ada')
  await sessions.enterThroughLink(sessionId, editor.secret, 'ada')
  expect(await role('ada')).toBe('editor')
  expect(told('access')).toEqual([{ type: 'access', sessionId, visitId: 'ada', why: 'role' }])
  await sessions.enterThroughLink(sessionId, viewer.secret, 'ada')
  await sessions.enterThroughLink(sessionId, viewer.secret, 'owner')
  expect([await role('ada'), await role('owner')]).toEqual(['editor', 'owner'])
})

test('[L3] a role that an owner took down is not taken up again by a link, also after a removal', async () => {
  const { sessions, sessionId, link, role, id } = await setUp()
  const { secret } = await link('editor')
  await sessions.enterThroughLink(sessionId, secret, 'ada', 'Ada')
  await sessions.setRole(sessionId, await id('ada'), 'viewer')
  await sessions.enterThroughLink(sessionId, secret, 'ada')
  expect(await role('ada')).toBe('viewer')
  await sessions.removeParticipant(sessionId, await id('ada'), {})
  await sessions.enterThroughLink(sessionId, secret, 'ada')
  expect(await role('ada')).toBe('viewer')
  await sessions.setRole(sessionId, await id('ada'), 'reviewer')
  await sessions.enterThroughLink(sessionId, secret, 'ada')
  expect(await role('ada')).toBe('editor')
})

test('[L4] revoking a link can remove who came through it; replacing it makes another secret with what was left of it', async () => {
  const { sessions, sessionId, owner, link, role } = await setUp()
  const first = await link('editor', 5)
  await sessions.enterThroughLink(sessionId, first.secret, 'ada', 'Ada')
  const next = await sessions.replaceLink(sessionId, first.link.linkId, owner)
  expect(next.link).toMatchObject({ role: 'editor', maxUses: 4, uses: 0 })
  await expect(sessions.enterThroughLink(sessionId, first.secret, 'bob', 'Bob')).rejects.toEqual(refused('link_revoked'))
  expect(await sessions.enterThroughLink(sessionId, next.secret, 'bob', 'Bob')).toBe('member')
  const removed = await sessions.revokeLink(sessionId, next.link.linkId, { removePeople: true })
  expect(removed).toHaveLength(1)
  expect([await role('ada'), await role('bob'), await sessions.standing(sessionId, 'bob')]).toEqual([
    'editor',
    undefined,
    'removed',
  ])
})

test('[L4] who is removed comes in again through the same link, unless it is replaced with them', async () => {
  const { sessions, sessionId, owner, link, role, id } = await setUp()
  const { secret } = await link('editor')
  await sessions.enterThroughLink(sessionId, secret, 'ada', 'Ada')
  await sessions.removeParticipant(sessionId, await id('ada'), {})
  expect(await role('ada')).toBeUndefined()
  await sessions.enterThroughLink(sessionId, secret, 'ada')
  const replaced = await sessions.removeParticipant(sessionId, await id('ada'), { replaceLinkBy: owner })
  await expect(sessions.enterThroughLink(sessionId, secret, 'ada')).rejects.toEqual(refused('link_revoked'))
  expect(replaced?.secret).not.toBe(secret)
  expect(await sessions.participants(sessionId)).toEqual([
    expect.objectContaining({ role: 'owner' }),
    expect.objectContaining({ name: 'Ada', removed: true }),
  ])
  expect(await sessions.recent('ada')).toEqual([])
})

test('[L5] where owners let people in, a joiner waits, and nobody else sees them', async () => {
  const { sessions, sessionId, link, role, told } = await setUp()
  const { secret } = await link('editor')
  await sessions.requireApproval(sessionId, true)
  expect(await sessions.enterThroughLink(sessionId, secret, 'ada', 'Ada')).toBe('waiting')
  expect(await sessions.enterThroughLink(sessionId, secret, 'eve', 'Eve')).toBe('waiting')
  expect([await role('ada'), await sessions.standing(sessionId, 'ada')]).toEqual([undefined, 'waiting'])
  expect([await sessions.participants(sessionId), told('people')]).toEqual([[expect.objectContaining({ role: 'owner' })], []])
  const { joiners } = await sessions.sharing(sessionId)
  expect(joiners.map(({ name }) => name)).toEqual(['Ada', 'Eve'])
  await sessions.answerJoiner(sessionId, joiners[0]?.participantId ?? '', 'approve')
  await sessions.answerJoiner(sessionId, joiners[1]?.participantId ?? '', 'decline')
  expect([await role('ada'), await role('eve'), await sessions.standing(sessionId, 'eve')]).toEqual([
    'editor',
    undefined,
    'declined',
  ])
  await expect(sessions.enterThroughLink(sessionId, secret, 'eve')).rejects.toEqual(refused('declined'))
})

test('[L7] the last owner can be neither lowered nor removed', async () => {
  const { sessions, sessionId, owner, link, role, id } = await setUp()
  await expect(sessions.setRole(sessionId, owner, 'editor')).rejects.toEqual(refused('last_owner'))
  await expect(sessions.removeParticipant(sessionId, owner, {})).rejects.toEqual(refused('last_owner'))
  await sessions.enterThroughLink(sessionId, (await link('editor')).secret, 'ada', 'Ada')
  await sessions.setRole(sessionId, await id('ada'), 'owner')
  await sessions.setRole(sessionId, owner, 'viewer')
  expect([await role('owner'), await role('ada')]).toEqual(['viewer', 'owner'])
})

test('[L8] nobody gets a name that somebody in the session has or had, or that the assistant has', async () => {
  const { sessions, sessionId, link, id } = await setUp()
  const { secret } = await link('editor')
  await sessions.enterThroughLink(sessionId, secret, 'ada', 'Ada')
  await sessions.enterThroughLink(sessionId, secret, 'bob', 'Bob')
  await sessions.removeParticipant(sessionId, await id('bob'), {})
  for (const name of ['ada', 'АDА', 'Bob', 'Assistant'])
    await expect(sessions.enterThroughLink(sessionId, secret, 'eve', name)).rejects.toEqual(refused('name_taken'))
  await expect(sessions.enterThroughLink(sessionId, secret, 'eve', '\u200b')).rejects.toEqual(refused('invalid_name'))
  await expect(sessions.enterThroughLink(sessionId, secret, 'eve')).rejects.toEqual(refused('invalid_name'))
  await sessions.enterThroughLink(sessionId, secret, 'eve', 'Eve')
  await expect(sessions.renameParticipant(sessionId, await id('eve'), 'ada')).rejects.toEqual(refused('name_taken'))
  await sessions.renameParticipant(sessionId, await id('eve'), 'EVE')
  expect((await sessions.participant(sessionId, 'eve'))?.name).toBe('EVE')
})

test('[L8] two who want one name, or the last place of a link, at the same moment: one gets it', async () => {
  const { sessions, sessionId, link } = await setUp()
  const { secret } = await link('editor')
  const outcomes = await Promise.allSettled(
    ['one', 'two', 'three'].map((visitId) => sessions.enterThroughLink(sessionId, secret, visitId, 'Ada')),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const last = await link('editor', 1)
  const places = await Promise.allSettled(
    ['four', 'five'].map((visitId) => sessions.enterThroughLink(sessionId, last.secret, visitId, visitId)),
  )
  expect(places.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('[L9] a recovery code makes another browser that owner, once; the browser before loses its place', async () => {
  const { sessions, store, sessionId, owner, role, told } = await setUp()
  const code = await sessions.renewRecovery(sessionId, owner)
  expect(code).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
  expect(JSON.stringify(await store.participants(sessionId))).not.toContain(code)
  const recovered = await sessions.recover(code.toLowerCase().replaceAll('-', ' '), 'laptop')
  expect(recovered).toMatchObject({ sessionId, sessionName: 'Shared' })
  expect([await role('laptop'), await role('owner')]).toEqual(['owner', undefined])
  expect(told('access')).toEqual([{ type: 'access', sessionId, visitId: 'owner', why: 'moved' }])
  await expect(sessions.recover(code, 'phone')).rejects.toEqual(refused('not_found'))
  await sessions.recover(recovered.code, 'phone')
  expect([await role('phone'), await role('laptop')]).toEqual(['owner', undefined])
})

test('[L9] an owner who has come in as a guest meanwhile is that guest, as the owner', async () => {
  const { sessions, sessionId, owner, link } = await setUp()
  const code = await sessions.renewRecovery(sessionId, owner)
  await sessions.enterThroughLink(sessionId, (await link('viewer')).secret, 'laptop', 'Ada')
  await sessions.recover(code, 'laptop')
  expect(await sessions.participants(sessionId)).toEqual([
    expect.objectContaining({ participantId: owner, removed: true }),
    expect.objectContaining({ name: 'Ada', role: 'owner' }),
  ])
})

test('[L9] the code of an owner who is lowered or removed is void', async () => {
  const { sessions, sessionId, link, id } = await setUp()
  await sessions.enterThroughLink(sessionId, (await link('editor')).secret, 'ada', 'Ada')
  const ada = await id('ada')
  await sessions.setRole(sessionId, ada, 'owner')
  const code = await sessions.renewRecovery(sessionId, ada)
  await sessions.setRole(sessionId, ada, 'editor')
  await expect(sessions.recover(code, 'laptop')).rejects.toEqual(refused('not_found'))
  await sessions.setRole(sessionId, ada, 'owner')
  const other = await sessions.renewRecovery(sessionId, ada)
  await sessions.removeParticipant(sessionId, ada, {})
  await expect(sessions.recover(other, 'laptop')).rejects.toEqual(refused('not_found'))
})
