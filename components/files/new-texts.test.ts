import { expect, test } from 'vitest'
import type { FileNode } from '#protocol/sessions.ts'
import { newTextsOf } from './new-texts.ts'

const file = (fileId: string, kind: FileNode['kind'] = 'text'): FileNode => ({
  fileId,
  path: `${fileId}.ts`,
  kind,
  lineEnding: 'lf',
  bytes: 0,
})

test('texts that come are told once, also when they come back; what is binary or only moved is not', () => {
  const first = [file('a'), file('b')]
  const newTexts = newTextsOf(first)
  expect(newTexts(first)).toEqual([])
  const more = [...first, file('c'), file('picture', 'binary')]
  expect(newTexts(more)).toEqual(['c'])
  expect(newTexts([...more])).toEqual([])
  expect(newTexts([{ ...file('a'), path: 'moved.ts' }])).toEqual([])
  expect(newTexts([file('a'), file('b')])).toEqual(['b'])
})
