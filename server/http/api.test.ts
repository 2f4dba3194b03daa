import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ChangesSinceBase } from '#protocol/http.ts'
import { splitUpdates } from '#protocol/joined-updates.ts'
import { limits } from '#protocol/limits.ts'
import { cookiesOf, member, startHttpFixture } from './http-fixture.ts'

const error = (code: string) => ({ error: { code } })

describe('sessions', () => {
  test('a zip becomes a session, a wrong one a refusal', async () => {
    const fixture = await startHttpFixture()
    const zip = zipSync({ 'app/a.ts': strToU8('one\n'), 'app/../../etc/passwd': strToU8('x') })
    const upload = (body: Uint8Array, query = '?name=app.zip') =>
      fixture.change('POST', `/api/sessions${query}`, { headers: { 'content-type': 'application/zip' }, body })
    expect((await upload(zip)).json).toEqual({
      sessionId: expect.any(String),
      imported: 1,
      skipped: [{ path: 'app/../../etc/passwd', reason: 'invalid_path' }],
    })
    expect(await upload(strToU8('no zip'))).toMatchObject({ status: 400, json: error('not_a_zip') })
    expect(await upload(zip, '')).toMatchObject({ status: 400, json: error('invalid_payload') })
    expect(await upload(zipSync({ 'a/.git/x': strToU8('x') }))).toMatchObject({ status: 400, json: error('nothing_to_import') })
  })

  test('a session is read, renamed and deleted by its owner only', async () => {
    const fixture = await startHttpFixture()
    const { cookie, sessionId } = await member(fixture)
    const stranger = cookiesOf(await fixture.ask('/'))
    const path = `/api/sessions/${sessionId}`
    const body = JSON.stringify({ name: 'New' })
    const notFound = { status: 404, json: error('not_found') }
    expect(await fixture.ask(`${path}/texts`, { headers: { cookie: stranger } })).toMatchObject(notFound)
    expect(await fixture.change('PATCH', path, { headers: { cookie: stranger }, body })).toMatchObject(notFound)
    expect(await fixture.change('DELETE', path, { headers: { cookie: stranger } })).toMatchObject(notFound)

    const texts = (await fixture.ask(`${path}/texts`, { headers: { cookie } })).json as { texts: { text: string }[] }
    expect(texts.texts.some(({ text }) => text.includes('snake'))).toBe(true)
    expect((await fixture.change('PATCH', path, { headers: { cookie }, body })).status).toBe(200)
    expect((await fixture.ask('/api/sessions', { headers: { cookie } })).json).toMatchObject({ sessions: [{ name: 'New' }] })
    expect((await fixture.change('DELETE', path, { headers: { cookie } })).status).toBe(200)
    expect(await fixture.ask(`${path}/texts`, { headers: { cookie } })).toMatchObject(notFound)
  })
})

describe('large pushes', () => {
  const opened = async () => {
    const fixture = await startHttpFixture()
    const { cookie, sessionId } = await member(fixture)
    const [file] = await fixture.sessions.files(sessionId)
    const [person] = await fixture.sessions.participants(sessionId)
    const participantId = person?.participantId ?? ''
    const fileId = file?.fileId ?? ''
    const { clientId } = await fixture.documents.open(fileId, { participantId })
    const doc = new Y.Doc()
    doc.clientID = clientId
    const push = (body: Uint8Array, headers: Record<string, string> = {}, of = fileId) =>
      fixture.change('POST', `/api/sessions/${sessionId}/documents/${of}/push`, {
        headers: { cookie, 'x-flint-push': 'push-1', 'x-flint-epoch': '0', ...headers },
        body,
      })
    const state = (headers: Record<string, string> = { cookie }, of = fileId) =>
      fetch(`http://127.0.0.1:${fixture.port}/api/sessions/${sessionId}/documents/${of}/state`, { headers })
    return { fixture, fileId, doc, push, state }
  }

  test('an update of 1 MB is committed once and answered with its seq', async () => {
    const { fixture, fileId, doc, push } = await opened()
    doc.getText('text').insert(0, 'x'.repeat(1_000_000))
    const update = Y.encodeStateAsUpdate(doc)
    expect(await push(update)).toMatchObject({ status: 200, json: { seq: 1 } })
    expect(await push(update)).toMatchObject({ status: 200, json: { seq: 1 } })
    expect((await fixture.documents.text(fileId)).text).toContain('x'.repeat(1_000_000))
  })

  test('[D14] a large state is fetched as it is committed, by who is in the session', async () => {
    const { fixture, fileId, doc, push, state } = await opened()
    doc.getText('text').insert(0, 'x'.repeat(1_000_000))
    await push(Y.encodeStateAsUpdate(doc))
    const answers = await Promise.all([state(), state()])
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'gzip'])
      expect([answer.headers.get('x-flint-seq'), answer.headers.get('x-flint-epoch')]).toEqual(['1', '0'])
      const copy = new Y.Doc()
      for (const update of splitUpdates(new Uint8Array(await answer.arrayBuffer()))) Y.applyUpdate(copy, update)
      expect(copy.getText('text').toString()).toBe((await fixture.documents.text(fileId)).text)
    }
    expect((await state({ cookie: cookiesOf(await fixture.ask('/')) })).status).toBe(404)
    expect((await state(undefined, 'elsewhere')).status).toBe(404)
  })

  test('the checks are those of the socket', async () => {
    const { fixture, doc, push } = await opened()
    doc.getMap('other').set('a', 1)
    const forbidden = Y.encodeStateAsUpdate(doc)
    const stranger = cookiesOf(await fixture.ask('/'))
    expect(await push(forbidden)).toMatchObject({ status: 409, json: error('forbidden_content') })
    expect(await push(strToU8('no update'))).toMatchObject({ status: 409, json: error('forbidden_content') })
    expect(await push(forbidden, { cookie: stranger })).toMatchObject({ status: 404, json: error('not_found') })
    expect(await push(forbidden, {}, 'no-such-file')).toMatchObject({ status: 404, json: error('not_found') })
    expect(await push(forbidden, { 'x-flint-push': 'not an id' })).toMatchObject({
      status: 400,
      json: error('invalid_payload'),
    })
    expect(await push(forbidden, { 'x-flint-epoch': '-1' })).toMatchObject({ status: 400, json: error('invalid_payload') })
    expect(await push(Y.encodeStateAsUpdate(new Y.Doc()), { 'x-flint-epoch': '1' })).toMatchObject({
      status: 409,
      json: error('epoch_changed'),
    })
    const length = String(limits.largePushBytes + 1)
    expect(await push(new Uint8Array(limits.largePushBytes + 1), { 'content-length': length })).toMatchObject({ status: 413 })
  })
})

test('what changed since a turn is told to participants of the session only', async () => {
  const fixture = await startHttpFixture()
  const { cookie, sessionId } = await member(fixture)
  const since: ChangesSinceBase = { changes: [{ fileId: 'f1', path: 'a.ts', kind: 'changed', before: 'old\n' }] }
  fixture.changes.set(`${sessionId} turn-1`, since)
  const ask = (turnId: string, visit: string) =>
    fixture.ask(`/api/sessions/${sessionId}/changes/${turnId}`, { headers: { cookie: visit } })
  expect(await ask('turn-1', cookie)).toMatchObject({ status: 200, json: since })
  const missing = { status: 404, json: error('not_found') }
  expect(await ask('turn-2', cookie)).toMatchObject(missing)
  expect(await ask('turn.1', cookie)).toMatchObject(missing)
  expect(await ask('turn-1', cookiesOf(await fixture.ask('/')))).toMatchObject(missing)
})

test('[Z2] changes are sent compressed, and a visitor who asks again and again is told to wait', async () => {
  const fixture = await startHttpFixture()
  const { cookie, sessionId } = await member(fixture)
  const path = `/api/sessions/${sessionId}/changes/turn-1`
  const change = (at: number) => ({ fileId: `f${at}`, path: `${at}.ts`, kind: 'changed', before: 'old\n' }) as const
  const since: ChangesSinceBase = { changes: [change(1), change(2), change(3)] }
  for (const told of [since, { changes: [] }]) {
    fixture.changes.set(`${sessionId} turn-1`, told)
    const answer = await fixture.ask(path, { headers: { cookie, 'accept-encoding': 'gzip' } })
    expect([answer.headers['content-encoding'], answer.json]).toEqual(['gzip', told])
  }
  const statuses = await Promise.all(
    Array.from({ length: 45 }, async () => (await fixture.ask(path, { headers: { cookie } })).status),
  )
  expect(statuses).toContain(429)
  const other = await member(fixture)
  fixture.changes.set(`${other.sessionId} turn-1`, since)
  const answer = await fixture.ask(`/api/sessions/${other.sessionId}/changes/turn-1`, { headers: { cookie: other.cookie } })
  expect(answer.status).toBe(200)
})

describe('a server with a password', () => {
  const password = 'correct horse'
  const give = (given: string) => JSON.stringify({ password: given })

  test('every page leads to the question for it, whatever the address says', async () => {
    const { ask } = await startHttpFixture({ password })
    for (const path of ['/s/abc?x=1', '//evil.example', '/.//evil.example', '/_next/../s/abc']) {
      const { status, headers, text } = await ask(path)
      expect({ path, status, text }).toEqual({ path, status: 303, text: '' })
      expect(headers.location).toMatch(/^\/access\?next=%2F[\w.%-]*$/)
    }
    expect((await ask('/access')).text).toBe('a page')
    expect((await ask('/_next/static/x.js')).text).toBe('a page')
  })

  test('nothing but the question and the health is answered before it', async () => {
    const fixture = await startHttpFixture({ password })
    const denied = { status: 403, json: error('denied') }
    expect(await fixture.ask('/api/sessions')).toMatchObject(denied)
    expect(await fixture.ask('/api/status')).toMatchObject(denied)
    expect(await fixture.change('POST', '/api/sessions', { body: '{"from":"empty"}' })).toMatchObject(denied)
    expect((await fixture.ask('/api/health')).status).toBe(200)
  })

  test('the right one opens it for this browser only', async () => {
    const fixture = await startHttpFixture({ password })
    const visit = cookiesOf(await fixture.ask('/'))
    const entered = await fixture.change('POST', '/api/access', { headers: { cookie: visit }, body: give(password) })
    expect(entered).toMatchObject({ status: 200, json: {} })
    const token = cookiesOf(entered)
    expect(token).toMatch(/^__Host-flint-access\d+=/)
    const sessions = (cookie: string) => fixture.ask('/api/sessions', { headers: { cookie } })
    expect((await sessions(`${visit}; ${token}`)).status).toBe(200)
    expect((await sessions(token)).status).toBe(403)
    expect((await sessions(`${cookiesOf(await fixture.ask('/'))}; ${token}`)).status).toBe(403)
  })

  test('wrong ones are refused, and after ten a right one too', async () => {
    const fixture = await startHttpFixture({ password })
    const guess = (given: string) => fixture.change('POST', '/api/access', { body: give(given) })
    for (let count = 0; count < 10; count += 1) {
      expect(await guess(`wrong ${count}`)).toMatchObject({ status: 403, json: error('wrong_password') })
    }
    expect(await guess(password)).toMatchObject({ status: 429, json: error('rate_limited') })
  })
})

test('one address starts only so many sessions in a while', async () => {
  const { change, ask } = await startHttpFixture()
  const cookie = cookiesOf(await ask('/'))
  const start = () => change('POST', '/api/sessions', { headers: { cookie }, body: '{"from":"empty"}' })
  const answers = []
  for (let count = 0; count < 21; count += 1) answers.push((await start()).status)
  expect(answers).toEqual([...Array.from({ length: 20 }, () => 200), 429])
})
