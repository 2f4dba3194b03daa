import { expect, test } from 'vitest'
import { stage, textOf } from './outbound-fixture.ts'

const status = (turnId: string) => ({ turnId, status: 'waiting' as const })

test('[O1] rows that were committed together travel as one range', () => {
  const { type, text, flush, join } = stage()
  const { wire } = join()
  for (const word of ['one ', 'two ', 'three']) type('f', word)
  flush()
  type('f', '!')
  flush()
  expect(wire.ranges.map(({ afterSeq, seq, pushIds }) => ({ afterSeq, seq, pushIds }))).toEqual([
    { afterSeq: 0, seq: 3, pushIds: ['f1', 'f2', 'f3'] },
    { afterSeq: 3, seq: 4, pushIds: ['f4'] },
  ])
  expect(textOf(wire.ranges)).toBe(text())
})

test('[O2] what is urgent goes first: answers, then rows, then events, and only then its owner may write frames', () => {
  const { outbound, type, flush, join } = stage()
  const { wire, connection } = join()
  const idle: number[] = []
  connection.onIdle = () => idle.push(wire.told.length)
  wire.room = 0
  for (let turn = 0; turn < 40; turn += 1) outbound.tell('s', 'turn.status', status(`t${turn}`))
  type()
  connection.tell('failure', { code: 'internal' })
  flush()
  expect([connection.isIdle, idle, wire.events]).toEqual([false, [], []])
  wire.room = Number.POSITIVE_INFINITY
  connection.serve()
  expect(wire.events).toEqual(['failure', 'document.updated', ...Array.from({ length: 40 }, () => 'turn.status')])
  expect([connection.isIdle, idle]).toEqual([true, [42]])
})

test('[O2] an answer comes after what was told before it, where that is little', () => {
  const { outbound, type, flush, join } = stage()
  const { wire, connection } = join()
  type()
  outbound.tell('s', 'turn.status', status('t'))
  connection.tell('failure', { code: 'internal' })
  outbound.tell('s', 'turn.status', status('later'))
  wire.room = 1
  flush()
  while (!connection.isIdle) {
    wire.room = 1
    connection.serve()
  }
  expect(wire.events.slice(0, 2)).toEqual(['document.updated', 'turn.status'])
  expect(wire.events).toContain('failure')
})

test('[O3] a connection that reads nothing holds up nobody, and costs three numbers', () => {
  const { outbound, type, text, flush, join } = stage()
  const [slow, fast] = [join(), join()]
  slow.wire.room = 0
  for (let row = 0; row < 1_000; row += 1) {
    type('f', 'x')
    outbound.tell('s', 'turn.status', status(`t${row}`))
    flush()
    expect(fast.connection.isIdle).toBe(true)
  }
  expect([slow.wire.written, slow.connection.cursors]).toMatchObject([0, { documents: 0, events: 0, presence: 0 }])
  expect(textOf(fast.wire.ranges)).toBe(text())
  slow.wire.room = Number.POSITIVE_INFINITY
  slow.connection.serve()
  expect(textOf(slow.wire.ranges)).toBe(text())
  expect(slow.wire.ranges.at(-1)?.seq).toBe(1_000)
  // Fewer and larger packets, none of them so large that it would take long.
  expect(slow.wire.ranges.map(({ afterSeq, seq }) => seq - afterSeq)).toEqual([...Array.from({ length: 31 }, () => 32), 8])
})

test('[O3] files that changed meanwhile are told of in turn, a few of them in a batch', () => {
  const { type, text, flush, join } = stage()
  const { wire, connection } = join()
  wire.room = 0
  for (let row = 0; row < 60; row += 1) type(`f${row % 12}`, `${row} `)
  flush()
  wire.room = 1
  connection.serve()
  expect(wire.ranges).toHaveLength(8)
  wire.room = Number.POSITIVE_INFINITY
  connection.serve()
  for (let file = 0; file < 12; file += 1) {
    const own = wire.ranges.filter(({ fileId }) => fileId === `f${file}`)
    expect(textOf(own)).toBe(text(`f${file}`))
    expect(own.map(({ afterSeq }, index) => afterSeq === (own[index - 1]?.seq ?? 0))).not.toContain(false)
  }
})

test('[O4] rows that were let go of before a slow connection had them are told as a gap, one per file', () => {
  const { type, flush, join } = stage()
  const { wire, connection } = join()
  wire.room = 0
  type('early', 'x')
  for (let row = 0; row < 2_500; row += 1) type(`f${row % 10}`, 'x')
  flush()
  wire.room = Number.POSITIVE_INFINITY
  connection.serve()
  const gaps = wire.ranges.filter(({ update }) => update === undefined)
  expect(gaps[0]).toEqual({ fileId: 'early', afterSeq: 1, seq: 1 })
  expect(gaps.map(({ fileId }) => fileId).toSorted()).toEqual(['early', ...Array.from({ length: 10 }, (_, file) => `f${file}`)])
  for (let file = 0; file < 10; file += 1) {
    const own = wire.ranges.filter(({ fileId }) => fileId === `f${file}`)
    expect(own.slice(1).map(({ afterSeq }, index) => afterSeq === own[index]?.seq)).not.toContain(false)
    expect(own.at(-1)?.seq).toBe(250)
  }
})

test('[O4] a connection that events were let go of for is told to join again, once, and then what follows', () => {
  const { outbound, flush, join } = stage()
  const { wire, connection } = join()
  wire.room = 0
  for (let turn = 0; turn < 1_500; turn += 1) outbound.tell('s', 'turn.status', status(`t${turn}`))
  flush()
  wire.room = Number.POSITIVE_INFINITY
  connection.serve()
  outbound.tell('s', 'turn.status', status('next'))
  flush()
  expect(wire.told).toEqual([
    { event: 'session.behind', payload: {} },
    { event: 'turn.status', payload: status('next') },
  ])
})

test('[O5] a connection that takes nothing for thirty seconds is cut; one that is slow is not', () => {
  const { outbound, type, flush, advance, join } = stage()
  const [stalled, slow] = [join(), join()]
  stalled.wire.room = 0
  for (let second = 0; second < 40; second += 1) {
    type()
    slow.wire.room = 0
    flush()
    slow.wire.room = 1
    slow.connection.serve()
    advance(1_000)
    outbound.sweep()
  }
  expect([stalled.wire.isCut, slow.wire.isCut]).toEqual([true, false])
})

test('[O5] a connection that asks on and never reads the answers is cut', () => {
  const { connection, wire } = stage().join()
  wire.room = 0
  for (let asked = 0; asked < 128; asked += 1) connection.tell('failure', { code: 'internal' })
  expect(wire.isCut).toBe(false)
  connection.tell('failure', { code: 'internal' })
  expect(wire.isCut).toBe(true)
})

test('[O6] an answer that waited for what a connection was told before it joins again does not wait for ever', () => {
  const { outbound, type, flush, join } = stage()
  const { wire, connection } = join()
  wire.room = 0
  type()
  connection.tell('failure', { code: 'internal' })
  flush()
  // The last one to leave takes what was to be read along.
  outbound.leave(connection)
  outbound.join(connection, 's')
  wire.room = Number.POSITIVE_INFINITY
  connection.serve()
  expect([wire.events, connection.isIdle]).toEqual([['failure'], true])
})

test('[O6] nothing of one session is told to another, and a connection that comes back begins with what comes', () => {
  const { outbound, type, flush, join } = stage()
  const [here, elsewhere] = [join(), join('other')]
  here.wire.room = 0
  type()
  flush()
  outbound.join(here.connection, 'other')
  outbound.join(here.connection, 's')
  here.wire.room = Number.POSITIVE_INFINITY
  type()
  flush()
  expect(here.wire.ranges.map(({ seq }) => seq)).toEqual([2])
  expect(elsewhere.wire.told).toEqual([])
})

test('[O6] a connection that joins the session again in which it is goes on with what it has not read', () => {
  const { outbound, type, flush, join } = stage()
  const { wire, connection } = join()
  wire.room = 0
  type()
  outbound.tell('s', 'turn.status', status('unread'))
  flush()
  outbound.join(connection, 's')
  wire.room = Number.POSITIVE_INFINITY
  type()
  flush()
  expect(wire.ranges.map(({ afterSeq, seq }) => [afterSeq, seq])).toEqual([[0, 2]])
  expect(wire.events).toEqual(['document.updated', 'turn.status'])
})

test('[O6] some are told what others are not', () => {
  const { outbound, flush, join } = stage()
  const [mara, ben, cleo] = [join('s', ['person:mara']), join('s', ['person:ben']), join('s', ['person:cleo'])]
  outbound.tell('s', 'turn.status', status('all'))
  outbound.tell('s', 'turn.status', status('mara only'), { only: 'person:mara' })
  outbound.tell('s', 'turn.status', status('not ben'), { except: ['person:ben'] })
  flush()
  const told = [mara, ben, cleo].map(({ wire }) => wire.told.map(({ payload }) => (payload as { turnId: string }).turnId))
  expect(told).toEqual([['all', 'mara only', 'not ben'], ['all'], ['all', 'not ben']])
})

test('[O7] of presence a slow connection is told the latest of each, after everything else', () => {
  const { outbound, type, flush, join } = stage()
  const [slow, fast] = [join(), join()]
  const at = (connectionId: string, line: number) => ({
    connectionId,
    participantId: 'p',
    fileId: 'f',
    line,
    following: null,
    state: 'active' as const,
  })
  slow.wire.room = 0
  for (let line = 1; line <= 500; line += 1) {
    outbound.tellPresence('s', { changed: [at('a', line), at('b', -line)], gone: [] })
    flush()
  }
  outbound.tellPresence('s', { changed: [], gone: ['a'] })
  type()
  flush()
  expect(fast.wire.events.filter((event) => event === 'presence.changed')).toHaveLength(501)
  slow.wire.room = Number.POSITIVE_INFINITY
  slow.connection.serve()
  expect(slow.wire.events).toEqual(['document.updated', 'presence.changed'])
  expect(slow.wire.told[1]?.payload).toEqual({ changed: [at('b', -500)], gone: ['a'] })
})
