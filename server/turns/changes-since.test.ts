import { expect, test, vi } from 'vitest'
import { roomWith, zipOf } from '#sessions/testing/room.ts'
import { changedLines } from './changed-lines.ts'
import { changesSince } from './changes-since.ts'

const countLines = async (before: string, now: string) => changedLines(before, now)

/** A session with this many files, and a zip with other texts of them. */
async function manyChanged(count: number) {
  const files = (text: string) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.ts`, `${text} ${at}\n`]))
  const room = await roomWith(files('now'))
  const options = { name: 'main.zip', zip: zipOf(files('before')) }
  const { base } = await room.sessions.addBase(room.sessionId, room.participantId, options)
  const stored = await room.store.baseFiles(room.sessionId, base.baseId)
  if (stored === undefined) throw new Error('the zip is not stored')
  return { ...room, stored, baseId: base.baseId, countLines }
}

test('[Z2] files are paired with those of a zip by their path, also while they are edited', async () => {
  const room = await roomWith({
    'same.ts': 'same\n',
    'changed.ts': 'one\n',
    'new.ts': 'new\n',
    'logo.png': new Uint8Array([0, 1]),
  })
  const zip = zipOf({
    'same.ts': 'same\r\n',
    'changed.ts': 'zero\n',
    'gone.ts': 'gone\n',
    'logo.png': new Uint8Array([0, 2]),
  })
  const { base } = await room.sessions.addBase(room.sessionId, room.participantId, { name: 'main.zip', zip })
  await room.type('changed.ts', 0, 0, '// typed\n')
  const files = await room.store.baseFiles(room.sessionId, base.baseId)
  const { changes } = await changesSince({ ...room, countLines }, files ?? { sessionId: '', files: [] })
  expect(changes).toEqual([
    {
      fileId: await room.idOf('changed.ts'),
      path: 'changed.ts',
      kind: 'changed',
      before: 'zero\n',
      lines: { added: 2, deleted: 1 },
    },
    { fileId: expect.any(String), path: 'gone.ts', kind: 'deleted', before: 'gone\n', lines: { added: 0, deleted: 1 } },
    { fileId: await room.idOf('logo.png'), path: 'logo.png', kind: 'changed', before: null },
    { fileId: await room.idOf('new.ts'), path: 'new.ts', kind: 'created', before: null, lines: { added: 1, deleted: 0 } },
  ])
})

test('[Z2] a file of a zip that stands elsewhere with the same content was moved there', async () => {
  const room = await roomWith({
    'lib/same.ts': 'same\n',
    'other.ts': 'same\n',
    'edited.ts': 'once the same\n',
    'copy.ts': 'still there\n',
    'kept.ts': 'still there\n',
    'empty.ts': '',
  })
  const zip = zipOf({
    'src/same.ts': 'same\n',
    'before.ts': 'once the same\n',
    'kept.ts': 'still there\n',
    'none.ts': '',
  })
  const { base } = await room.sessions.addBase(room.sessionId, room.participantId, { name: 'main.zip', zip })
  await room.type('edited.ts', 0, 0, '// typed\n')
  const files = await room.store.baseFiles(room.sessionId, base.baseId)
  const { changes } = await changesSince({ ...room, countLines }, files ?? { sessionId: '', files: [] })
  expect(changes.map(({ kind, path, pathBefore }) => [kind, path, ...(pathBefore === undefined ? [] : [pathBefore])])).toEqual([
    ['deleted', 'before.ts'],
    ['created', 'copy.ts'],
    ['created', 'edited.ts'],
    ['created', 'empty.ts'],
    ['renamed', 'lib/same.ts', 'src/same.ts'],
    ['deleted', 'none.ts'],
    ['created', 'other.ts'],
  ])
})

test('The work of others goes on while many files are compared.', async () => {
  const room = await manyChanged(50)
  let ms = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (ms += 5))
  let turns = 0
  const work = () => {
    turns += 1
    next = setImmediate(work)
  }
  let next = setImmediate(work)
  const { changes } = await changesSince(room, room.stored)
  clearImmediate(next)
  vi.restoreAllMocks()
  expect(changes).toHaveLength(50)
  expect(turns).toBeGreaterThan(20)
})

test('Lines are counted for a few seconds, and the rest is told without.', async () => {
  const room = await manyChanged(3)
  let ms = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => ms)
  const slowly = (before: string, now: string) => {
    ms += 3_000
    return countLines(before, now)
  }
  const { changes } = await changesSince({ ...room, countLines: slowly }, room.stored)
  clock.mockRestore()
  expect(changes.map(({ lines }) => lines !== undefined)).toEqual([true, true, false])
})

test('A comparison that nobody waits for is given up.', async () => {
  const room = await manyChanged(3)
  let asked = 0
  const { changes } = await changesSince(room, room.stored, () => (asked += 1) < 2)
  expect(changes).toHaveLength(1)
})

test('[Z3] a comparison with a zip that is removed meanwhile is refused', async () => {
  const room = await manyChanged(3)
  await room.sessions.removeBase(room.sessionId, room.baseId)
  await expect(changesSince(room, room.stored)).rejects.toMatchObject({ code: 'not_found' })
})
