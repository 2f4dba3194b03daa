import { expect, test } from 'vitest'
import type { Presence } from '#protocol/presence.ts'
import { PeopleFeed, type Gathering } from './people-feed.ts'
import { manualClock } from './testing/manual-time.ts'
import type { Whereabouts } from './whereabouts.ts'

const at = (connectionId: string, participantId: string, rest: Partial<Presence> = {}): Presence => ({
  connectionId,
  participantId,
  fileId: 'f1',
  line: 1,
  following: null,
  state: 'active',
  ...rest,
})

function feed() {
  const clock = manualClock()
  const told: Whereabouts[][] = []
  const people = new PeopleFeed({ clock, onPlaces: (places) => told.push(places) })
  people.joined({ connectionId: 'own', present: [at('own', 'me'), at('c1', 'mara')] })
  return { clock, people, told }
}

test('a cursor that moves is told to those who draw it at once, and enters the state later and only once', () => {
  const { clock, people, told } = feed()
  let moves = 0
  people.subscribe(() => (moves += 1))
  for (let line = 2; line <= 9; line++) people.changed({ changed: [at('c1', 'mara', { line })], gone: [] })
  expect(moves).toBe(8)
  expect(told).toHaveLength(1)
  clock.advance(250)
  expect(told.slice(1).map((places) => places.map(({ line }) => line))).toEqual([[9, 1]])
})

test('what changes nothing of who is where does not enter the state', () => {
  const { clock, people, told } = feed()
  people.changed({ changed: [at('c1', 'mara', { top: new Uint8Array([1]) })], gone: [] })
  clock.advance(250)
  expect(told).toHaveLength(1)
})

test('who comes and who goes is seen at once', () => {
  const { people, told } = feed()
  people.changed({ changed: [at('c2', 'jonas')], gone: [] })
  people.changed({ changed: [], gone: ['c1'] })
  expect(told.slice(1).map((places) => places.map(({ participantId }) => participantId))).toEqual([
    ['jonas', 'mara', 'me'],
    ['jonas', 'me'],
  ])
})

test('a person with two tabs is where they were last, and a tab that lies idle does not count', () => {
  const { people, told } = feed()
  people.changed({ changed: [at('c2', 'mara', { fileId: 'f2' })], gone: [] })
  expect(people.of('mara')?.fileId).toBe('f2')
  people.changed({ changed: [at('c1', 'mara', { state: 'idle' })], gone: [] })
  expect(people.of('mara')?.fileId).toBe('f2')
  people.changed({ changed: [at('c1', 'mara', { line: 5 })], gone: [] })
  expect(people.of('mara')?.line).toBe(5)
  expect(told.at(-1)?.filter(({ participantId }) => participantId === 'mara')).toHaveLength(1)
})

test('oneself is where this tab is; the cursor of one’s other tab is drawn all the same', () => {
  const { people } = feed()
  people.changed({ changed: [at('c3', 'me', { line: 70 })], gone: [] })
  expect(people.of('me')?.connectionId).toBe('own')
  expect(people.inFile('f1').map(({ connectionId }) => connectionId)).toEqual(['c1', 'c3'])
})

test('a call to come is passed on, but not to who called', () => {
  const { people } = feed()
  const heard: Gathering[] = []
  people.onGathering((gathering) => heard.push(gathering))
  const gathering = { participantId: 'mara', connectionId: 'c1', fileId: 'f1', line: 3 }
  people.gathering(gathering)
  people.gathering({ ...gathering, connectionId: 'own' })
  expect(heard).toEqual([gathering])
})
