import { expect, test } from 'vitest'
import type { Person } from './people-here.ts'
import { activityOf, namesOf, placeOf } from './people-wording.ts'

const person = (here: Partial<NonNullable<Person['here']>>): Person => ({
  participantId: 'p',
  name: 'Mara',
  role: 'editor',
  colour: 0,
  isYou: false,
  here: { participantId: 'p', connectionId: 'c', fileId: 'f1', following: null, state: 'active', ...here },
})
const pathOf = (fileId: string) => (fileId === 'f1' ? 'src/game.ts' : undefined)

test('a place is a path with a line, as far as they are known', () => {
  expect(placeOf(person({ line: 12 }), pathOf)).toBe('src/game.ts:12')
  expect(placeOf(person({}), pathOf)).toBe('src/game.ts')
  expect(placeOf(person({ fileId: 'deleted' }), pathOf)).toBeUndefined()
  expect(placeOf(person({ fileId: null }), pathOf)).toBeUndefined()
})

test('what somebody does is said unless they just look', () => {
  expect((['active', 'typing', 'messaging', 'idle'] as const).map((state) => activityOf(person({ state })))).toEqual([
    undefined,
    'typing',
    'writing a message',
    'idle',
  ])
})

test('names are joined, and many are counted', () => {
  expect(namesOf(['Mara'])).toBe('Mara')
  expect(namesOf(['Mara', 'Jonas'])).toBe('Mara and Jonas')
  expect(namesOf(['Mara', 'Jonas', 'Li'])).toBe('Mara, Jonas and Li')
  expect(namesOf(['Mara', 'Jonas', 'Li', 'Ada'])).toBe('Mara, Jonas and 2 others')
})
