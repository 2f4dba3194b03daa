import { expect, test } from 'vitest'
import type { Participant } from '#protocol/sessions.ts'
import type { Whereabouts } from '#session/whereabouts.ts'
import { everyone, othersIn } from './people-here.ts'

const person = (participantId: string, name: string): Participant => ({ participantId, name, role: 'editor', colour: 0 })
const at = (participantId: string, fileId: string | null): Whereabouts => ({
  participantId,
  connectionId: `c-${participantId}`,
  fileId,
  following: null,
  state: 'active',
})
const you = person('me', 'Zoe')
const known = {
  you,
  participants: [person('li', 'Li'), person('jonas', 'Jonas'), you, person('ada', 'Ada')],
  people: [at('me', 'f1'), at('li', 'f1'), at('jonas', 'f2')],
}

test('oneself comes first, then who is here, then who is not, each by name', () => {
  expect(everyone(known).map(({ name, isYou, here }) => [name, isYou, here !== undefined])).toEqual([
    ['Zoe', true, true],
    ['Jonas', false, true],
    ['Li', false, true],
    ['Ada', false, false],
  ])
})

test('somebody whom the session does not know is not listed', () => {
  expect(everyone({ ...known, people: [at('stranger', 'f1')] }).filter(({ here }) => here)).toEqual([])
})

test('the others in a file are told, without oneself', () => {
  const people = everyone(known)
  expect(othersIn(people, ['f1']).map(({ name }) => name)).toEqual(['Li'])
  expect(othersIn(people, ['f1', 'f2']).map(({ name }) => name)).toEqual(['Jonas', 'Li'])
  expect(othersIn(people, ['f3'])).toEqual([])
})
