import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { AddedBase } from '#protocol/bases.ts'
import { limits } from '#protocol/limits.ts'
import type { SearchLine } from '#protocol/search.ts'
import { cookiesOf, member, startHttpFixture, type Fixture } from './http-fixture.ts'

const query = { text: 'snake', regex: false, caseSensitive: false, wholeWord: false, include: '*.md', exclude: '' }

/** Somebody who came through a link for viewers. */
async function viewer({ sessions, ask, change }: Fixture, sessionId: string): Promise<string> {
  const [owner] = await sessions.participants(sessionId)
  const options = { role: 'viewer', label: '', expiresInMs: 60_000 } as const
  const { secret } = await sessions.createLink(sessionId, owner?.participantId ?? '', options)
  const cookie = cookiesOf(await ask('/'))
  const body = JSON.stringify({ secret, name: 'Vera' })
  expect((await change('POST', `/api/sessions/${sessionId}/join`, { headers: { cookie }, body })).status).toBe(200)
  return cookie
}

test('[S1] a search is answered line by line, to viewers too', async () => {
  const fixture = await startHttpFixture()
  const { sessionId } = await member(fixture)
  const headers = { cookie: await viewer(fixture, sessionId) }
  const body = JSON.stringify({ query })
  const answer = await fixture.change('POST', `/api/sessions/${sessionId}/search`, { headers, body })
  expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
  const lines = answer.text.trim().split('\n')
  const told = lines.map((line) => (JSON.parse(line) as SearchLine).type)
  expect(told.filter((type) => type !== 'progress')).toEqual(['start', 'file', 'end'])
})

test('[S1] an expression that is none, and too many searches, are refused', async () => {
  const fixture = await startHttpFixture()
  const { cookie, sessionId } = await member(fixture)
  const search = (wanted: object) =>
    fixture.change('POST', `/api/sessions/${sessionId}/search`, {
      headers: { cookie },
      body: JSON.stringify({ query: wanted }),
    })
  expect((await search({ ...query, text: '(', regex: true })).status).toBe(400)
  expect((await search({ ...query, more: 1 })).status).toBe(400)
  const statuses = await Promise.all(Array.from({ length: 45 }, async () => (await search({ ...query, include: '-' })).status))
  expect(statuses).toContain(429)
})

test('[M5] viewers may read and take with them, and change nothing; strangers are told that there is nothing', async () => {
  const fixture = await startHttpFixture()
  const { sessionId, cookie } = await member(fixture)
  const headers = { cookie: await viewer(fixture, sessionId) }
  const stranger = { cookie: cookiesOf(await fixture.ask('/')) }
  const [file] = await fixture.sessions.files(sessionId)
  const base = `/api/sessions/${sessionId}`
  const changes = [
    [`${base}/replace`, JSON.stringify({ query, replacement: 'worm' })],
    [`${base}/replace/x/undo`, '{}'],
    [`${base}/files?folder=&conflict=replace`, zipSync({ 'README.md': strToU8('gone') })],
    [`${base}/bases?name=main.zip`, zipSync({ 'README.md': strToU8('before') })],
  ] as const
  const before = await fixture.sessions.texts(sessionId)
  for (const [path, body] of changes) {
    expect((await fixture.change('POST', path, { headers, body })).status).toBe(403)
    expect((await fixture.change('POST', path, { headers: stranger, body })).status).toBe(404)
    expect((await fixture.ask(path, { method: 'POST', headers: { cookie }, body })).status).toBe(403)
  }
  expect(await fixture.sessions.texts(sessionId)).toEqual(before)
  expect(await fixture.sessions.bases(sessionId)).toEqual([])
  for (const path of [`${base}/zip`, `${base}/patch`, `${base}/files/${file?.fileId}`]) {
    const answer = await fixture.ask(path, { headers })
    expect([answer.status, answer.headers['content-disposition']]).toEqual([200, expect.stringMatching(/^attachment; /)])
    expect((await fixture.ask(path, { headers: stranger })).status).toBe(404)
  }
})

test('[X1] files are added where they are wanted', async () => {
  const fixture = await startHttpFixture()
  const { sessionId, cookie } = await member(fixture)
  const body = zipSync({ 'a.txt': strToU8('a') })
  const path = `/api/sessions/${sessionId}/files?folder=in%20here&conflict=skip&keep=folder`
  expect((await fixture.change('POST', path, { headers: { cookie }, body })).json).toEqual({
    added: 1,
    replaced: 0,
    skipped: [],
  })
  expect((await fixture.sessions.files(sessionId)).map((file) => file.path)).toContain('in here/a.txt')
  const wrong = await fixture.change('POST', path.replace('skip', 'burn'), { headers: { cookie }, body })
  expect(wrong.status).toBe(400)
})

test('[Z1] a zip becomes a base, and the patch since then is sent', async () => {
  const fixture = await startHttpFixture()
  const { sessionId, cookie } = await member(fixture)
  const add = (body: Uint8Array, name = 'main.zip') =>
    fixture.change('POST', `/api/sessions/${sessionId}/bases?name=${name}`, { headers: { cookie }, body })
  const added = await add(zipSync({ 'only-before.txt': strToU8('bye\n'), '../evil': strToU8('x') }))
  expect(added).toMatchObject({
    status: 200,
    json: { base: { name: 'main', files: 1 }, skipped: [{ path: '../evil', reason: 'invalid_path' }] },
  })
  const { baseId } = (added.json as AddedBase).base
  const patch = await fixture.ask(`/api/sessions/${sessionId}/patch?since=${baseId}`, { headers: { cookie } })
  expect(patch.text).toContain('deleted file mode 100644\n--- a/only-before.txt\n')
  expect((await add(strToU8('no zip'))).json).toEqual({ error: { code: 'not_a_zip' } })
  expect((await add(zipSync({}))).json).toEqual({ error: { code: 'nothing_to_import' } })
  expect((await add(zipSync({ a: strToU8('a') }), '')).status).toBe(400)
  for (let more = 1; more < limits.zipBasesPerSession; more += 1)
    expect((await add(zipSync({ a: strToU8('a') }))).status).toBe(200)
  expect(await add(zipSync({ a: strToU8('a') }))).toMatchObject({ status: 409, json: { error: { code: 'too_many_bases' } } })
})

test('[X3] whether there is a patch can be asked without it', async () => {
  const fixture = await startHttpFixture()
  const { sessionId, cookie } = await member(fixture)
  const ask = (since: string) =>
    fixture.ask(`/api/sessions/${sessionId}/patch?since=${since}`, { method: 'HEAD', headers: { cookie } })
  expect(await ask('start')).toMatchObject({ status: 200, text: '' })
  expect(await ask('turn-1')).toMatchObject({ status: 404, text: '' })
})
