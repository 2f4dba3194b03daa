import { expect, test } from 'vitest'
import { typingWording } from './typing-wording.ts'

test('says who is writing, by name as long as that fits', () => {
  expect([[], ['Ada'], ['Ada', 'Mara'], ['Ada', 'Mara', 'Zoë']].map(typingWording)).toEqual([
    '',
    'Ada is writing…',
    'Ada and Mara are writing…',
    'Ada and 2 others are writing…',
  ])
})
