import { expect, test } from 'vitest'
import { wordLinkProblem } from './link-problem.ts'

test('a session that is full of people is not said to hold too many files', () => {
  expect(wordLinkProblem('session_full')).toMatchObject({ title: 'This session is full', retry: false })
  expect(wordLinkProblem('too_many_files').title).toBe('The link could not be opened')
})
