import { expect, test } from 'vitest'
import { assistant, mentionedIn, withIds, withNames } from './message-names.ts'

const people = [{ id: 'p1', name: 'Mara' }, { id: 'p2', name: 'Mara Lind' }, { id: 'p3', name: 'Zoë (ops)' }, assistant]

test('names that are typed become ids, the longest one that fits', () => {
  expect(withIds('@Mara, @Mara Lind and @mara: look', people)).toBe('<@p1>, <@p2> and <@p1>: look')
  expect(withIds('(@Zoë (ops)) @assistant', people)).toBe('(<@p3>) <@assistant>')
})

test('what only looks like a name stays text', () => {
  expect(withIds('mail mara@Mara.example, @Marathon, @nobody, @@Mara', people)).toBe(
    'mail mara@Mara.example, @Marathon, @nobody, @@Mara',
  )
  expect(withIds('@ ', [{ id: 'x', name: '' }])).toBe('@ ')
})

test('of two with one name the first is meant', () => {
  expect(withIds('@Mara', [{ id: 'picked', name: 'Mara' }, ...people])).toBe('<@picked>')
})

test('ids are shown by the names of now, and found', () => {
  const body = 'Look, <@p2>: <@gone> said so'
  expect(withNames(body, (id) => (id === 'p2' ? 'Mara Berg' : 'someone'))).toBe('Look, @Mara Berg: @someone said so')
  expect(mentionedIn(body)).toEqual(new Set(['p2', 'gone']))
})
