import { describe, expect, test } from 'vitest'
import type { TurnRecord } from './store.ts'
import { openWithSession, places, turn } from './store-fixture.ts'

describe.each(places)('turns in $kind', ({ place }) => {
  test('a turn keeps its whole answer, even cut inside a surrogate pair', async () => {
    const store = await openWithSession(place())
    await store.createTurn(turn)
    const open_ = { type: 'open' as const, block: 0, at: 3, path: 'a.ts' }
    await store.appendTurn('t1', { at: 0, text: 'Hi \ud83d', reasoningAt: 0, reasoning: 'hm', marks: [open_] })
    await store.appendTurn('t1', { at: 4, text: '\ude00!', reasoningAt: 2, reasoning: '', marks: [] })
    await store.updateTurn('t1', { status: 'ended', reason: 'failed', failure: { code: 'stalled' } })
    await store.updateTurn('t1', { status: 'ended', measurements: { tokensFrom: 'estimate', totalMs: 12 } })
    const ended: TurnRecord = {
      ...turn,
      status: 'ended',
      reason: 'failed',
      failure: { code: 'stalled' },
      measurements: { tokensFrom: 'estimate', totalMs: 12 },
      text: 'Hi 😀!',
      reasoning: 'hm',
      marks: [open_],
    }
    expect(await store.turn('t1')).toEqual(ended)
    expect(await store.turns('s1')).toEqual([ended])
    expect(await store.turn('t2')).toBeUndefined()
  })

  test('an answer is continued only where it ends', async () => {
    const store = await openWithSession(place())
    await store.createTurn({ ...turn, text: 'ab' })
    const piece = { at: 2, text: 'c', reasoningAt: 0, reasoning: '', marks: [] }
    await expect(store.appendTurn('t1', { ...piece, at: 1 })).rejects.toMatchObject({ code: 'gap' })
    await expect(store.appendTurn('t1', { ...piece, reasoningAt: 1 })).rejects.toMatchObject({ code: 'gap' })
    await expect(store.appendTurn('t2', piece)).rejects.toMatchObject({ code: 'missing' })
    await store.appendTurn('t1', piece)
    expect((await store.turn('t1'))?.text).toBe('abc')
  })

  test('turns exchange their numbers', async () => {
    const store = await openWithSession(place())
    await store.createTurn(turn)
    await store.createTurn({ ...turn, turnId: 't2', number: 2 })
    const exchanged = [
      { turnId: 't1', number: 2 },
      { turnId: 't2', number: 1 },
    ]
    await store.numberTurns('s1', exchanged)
    expect((await store.turns('s1')).map(({ turnId, number }) => ({ turnId, number }))).toEqual(exchanged.toReversed())
    await expect(store.numberTurns('s1', [{ turnId: 't1', number: 1 }])).rejects.toMatchObject({ code: 'refused' })
    await expect(store.numberTurns('s2', exchanged)).rejects.toMatchObject({ code: 'missing' })
  })

  test('turns that have not ended are found', async () => {
    const store = await openWithSession(place())
    await store.createTurn(turn)
    await store.createTurn({ ...turn, turnId: 't2', number: 2 })
    await store.updateTurn('t1', { status: 'ended', reason: 'complete' })
    expect((await store.unendedTurns()).map((unended) => unended.turnId)).toEqual(['t2'])
  })
})
