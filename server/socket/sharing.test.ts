import { expect, test } from 'vitest'
import { failureIn, startSocketFixture, type Fixture } from './socket-fixture.ts'

/** The owner's connection, and a guest's with this role, both joined. */
async function pair(role: 'viewer' | 'reviewer' | 'editor') {
  const fixture = await startSocketFixture()
  const owner = await joined(fixture, 'owner')
  const made = await owner.ask('link.create', { role, label: '', expiresInMs: 3_600_000 })
  if (!made.ok) throw new Error('no link')
  await fixture.sessions.enterThroughLink(fixture.sessionId, made.value.secret, 'guest', 'Guest One')
  const guest = await joined(fixture, 'guest')
  const participantId = (await fixture.sessions.participant(fixture.sessionId, 'guest'))?.participantId ?? ''
  return { fixture, owner, guest, participantId, link: made.value }
}

async function joined(fixture: Fixture, visitId: string) {
  const tab = await fixture.connect(visitId)
  const answer = await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
  if (!answer.ok) throw new Error(answer.error.code)
  return Object.assign(tab, { snapshot: answer.value })
}

test('[L6] a changed role ends the connection, and holds from the next join on', async () => {
  const { fixture, owner, guest, participantId } = await pair('viewer')
  expect(failureIn(await guest.ask('file.create', { path: 'b.ts' })).code).toBe('denied')
  const told = guest.next('access.changed')
  await owner.ask('participant.set-role', { participantId, role: 'editor' })
  expect([await told, await guest.disconnected]).toEqual([{ why: 'role' }, 'io server disconnect'])
  const again = await joined(fixture, 'guest')
  expect(again.snapshot.you.role).toBe('editor')
  expect((await again.ask('file.create', { path: 'b.ts' })).ok).toBe(true)
})

test('[L6] what a connection sends after its person was removed is not accepted', async () => {
  const { fixture, owner, guest, participantId } = await pair('editor')
  const removed = owner.ask('participant.remove', { participantId, replaceLink: false })
  const answers: unknown[] = []
  for (let count = 0; count < 20; count += 1)
    guest.socket.emit('file.create', { path: `${count}.ts` }, (answer: unknown) => answers.push(answer))
  await removed
  await guest.disconnected
  const before = await fixture.sessions.files(fixture.sessionId)
  guest.socket.emit('file.create', { path: 'late.ts' })
  expect(await fixture.sessions.files(fixture.sessionId)).toEqual(before)
  const back = await fixture.connect('guest')
  expect(failureIn(await back.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })).code).toBe('removed')
})

test('[L6] a role that changes while its person joins is not joined with', async () => {
  const { fixture, owner, participantId } = await pair('editor')
  const other = await fixture.connect('guest')
  const joining = other.ask('session.join', { sessionId: fixture.sessionId, cursors: [] }).then(
    ({ ok }) => ok,
    () => false,
  )
  await owner.ask('participant.set-role', { participantId, role: 'viewer' })
  // Either it was cut off on its way in, or right after.
  await joining
  expect(await other.disconnected).toBe('io server disconnect')
  const again = await joined(fixture, 'guest')
  expect(again.snapshot.you.role).toBe('viewer')
})

test('[L5] a joiner who waits, and one who was declined, are told so', async () => {
  const { fixture, owner, link } = await pair('viewer')
  await owner.ask('session.require-approval', { required: true })
  const asked = owner.next('sharing.changed')
  await fixture.sessions.enterThroughLink(fixture.sessionId, link.secret, 'other', 'Other')
  const [joiner] = (await asked).joiners
  const other = await fixture.connect('other')
  const join = () => other.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
  expect(failureIn(await join()).code).toBe('awaiting_approval')
  await owner.ask('participant.decline', { participantId: joiner?.participantId ?? '' })
  expect(failureIn(await join()).code).toBe('declined')
})

test('[L10] links and joiners are told to owners only', async () => {
  const { fixture, owner, guest, link } = await pair('editor')
  expect([owner.snapshot.sharing?.links, guest.snapshot.sharing]).toEqual([[], undefined])
  const told: unknown[] = []
  guest.socket.on('sharing.changed', (sharing: unknown) => told.push(sharing))
  const arrived = guest.next('participants.changed')
  const changed = owner.next('sharing.changed')
  await fixture.sessions.enterThroughLink(fixture.sessionId, link.secret, 'other', 'Other')
  expect((await arrived).changed).toMatchObject([{ name: 'Other', role: 'editor', guest: true }])
  expect((await changed).links).toMatchObject([{ linkId: link.link.linkId, uses: 2 }])
  await guest.ask('document.close', { fileId: fixture.fileId })
  expect(told).toEqual([])
  expect(JSON.stringify(guest.snapshot)).not.toContain(link.link.linkId)
})
