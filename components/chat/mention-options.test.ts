import { expect, test } from 'vitest'
import type { FileNode, Participant } from '#protocol/sessions.ts'
import { mentionOptions } from './mention-options.ts'

const file = (path: string): FileNode => ({ fileId: path, path, kind: 'text', lineEnding: 'lf', bytes: 0 })
const person = (name: string): Participant => ({ participantId: name, name, role: 'editor', colour: 0 })
const known = {
  files: [file('src/main.ts'), file('README.md')],
  participants: [person('Mara Lind'), person('Ada')],
  you: 'Ada',
}

const offered = (query: string, audience: 'assistant' | 'people', atStart = false) =>
  mentionOptions(known, { query, audience, atStart }).map(({ label }) => label)

test('to the people one mentions people first, then the assistant, then files, and never oneself', () => {
  expect(offered('', 'people')).toEqual(['Mara Lind', 'assistant', 'main.ts', 'README.md'])
  expect(offered('ma', 'people')).toEqual(['Mara Lind', 'main.ts'])
  expect(offered('lin', 'people')).toEqual(['Mara Lind'])
})

test('to the assistant one mentions files, and only a prompt that begins with a person is for people after all', () => {
  expect(offered('ma', 'assistant')).toEqual(['main.ts'])
  expect(offered('ma', 'assistant', true)).toEqual(['main.ts', 'Mara Lind'])
  expect(offered('x', 'people')).toEqual([])
})
