import { describe, expect, test } from 'vitest'
import type { FileNode } from '#protocol/sessions.ts'
import { mentionAt, rankedFiles, replacedMention, switchedBy } from './mentions.ts'
import { referenceLabel, referencesOf } from './references.ts'

const file = (fileId: string, path: string, kind: FileNode['kind'] = 'text'): FileNode => ({
  fileId,
  path,
  kind,
  lineEnding: 'lf',
  bytes: 1,
})

describe('mentionAt', () => {
  test('finds what is typed behind an @', () => {
    expect(mentionAt('look at @ga', 11)).toEqual({ from: 8, to: 11, query: 'ga' })
    expect(mentionAt('@', 1)).toEqual({ from: 0, to: 1, query: '' })
  })
  test('is none in a mail address, behind a space, or elsewhere', () => {
    expect(mentionAt('mail a@b', 8)).toBeUndefined()
    expect(mentionAt('@game and', 9)).toBeUndefined()
    expect(mentionAt('@game', -1)).toBeUndefined()
  })
  test('goes out of the text once taken', () => {
    const mention = { from: 8, to: 11, query: 'ga' }
    expect(replacedMention('look at @ga now', mention, '')).toEqual({ text: 'look at now', caret: 8 })
    expect(replacedMention('look at @ga now', mention, '@Gabi ')).toEqual({ text: 'look at @Gabi now', caret: 14 })
  })
})

test('files rank by name before path, and binary files are left out', () => {
  const files = [
    file('1', 'game/readme.md'),
    file('2', 'src/my-game.ts'),
    file('3', 'src/game.ts'),
    file('4', 'game.png', 'binary'),
  ]
  expect(rankedFiles(files, 'Game').map(({ fileId }) => fileId)).toEqual(['3', '2', '1'])
})

describe('references', () => {
  const files = [file('1', 'src/a.ts'), file('2', 'src/b.ts')]
  test('are the mentioned files, and the selection of another file', () => {
    expect(referencesOf(files, ['1', 'gone'], { fileId: '2', fromLine: 3, toLine: 5 })).toEqual([
      { fileId: '1' },
      { fileId: '2', fromLine: 3, toLine: 5 },
    ])
    expect(referencesOf(files, ['1'], { fileId: '1', fromLine: 3, toLine: 5 })).toEqual([{ fileId: '1' }])
  })
  test('are labelled by name and lines', () => {
    expect(referenceLabel({ fileId: '1' }, 'src/a.ts')).toBe('a.ts')
    expect(referenceLabel({ fileId: '1', fromLine: 3, toLine: 3 }, 'src/a.ts')).toBe('a.ts:3')
    expect(referenceLabel({ fileId: '1', fromLine: 3, toLine: 9 }, 'src/a.ts')).toBe('a.ts:3–9')
  })
})

test('a word in front of everything says whom it is for', () => {
  expect(switchedBy('/say hello')).toEqual({ audience: 'people', text: 'hello' })
  expect(switchedBy('/ask why')).toEqual({ audience: 'assistant', text: 'why' })
  for (const text of ['/say', '/saying so', 'then /say it', '/stream 80']) expect(switchedBy(text)).toBeUndefined()
})
