import { expect, test } from 'vitest'
import { createAnswerParser } from '#edits/answer-parser.ts'
import { contextMessages, type ContextParts } from './context.ts'
import { systemText } from './system-text.ts'

const parts: ContextParts = {
  editFormat: 'search_replace',
  tree: [
    { path: 'src/b.ts', kind: 'text' },
    { path: 'src/a.ts', kind: 'text' },
    { path: 'logo.png', kind: 'binary' },
  ],
  files: [{ path: 'src/a.ts', text: 'one\ntwo\nthree\n', ranges: [] }],
  changes: '',
  history: [],
  prompt: 'Do it',
  characters: 100_000,
}
const project = (more: Partial<ContextParts>) => contextMessages({ ...parts, ...more }).at(-2)?.content ?? ''

test('What is stable comes first, and the prompt stands alone at the end.', () => {
  const history = [{ prompt: 'Before', text: 'Done.', status: 'ended' as const }]
  expect(contextMessages({ ...parts, history })).toEqual([
    { role: 'system', content: systemText('search_replace') },
    { role: 'user', content: 'Before' },
    { role: 'assistant', content: 'Done.' },
    {
      role: 'user',
      content: [
        'Files of the project (3):\nlogo.png (binary)\nsrc/a.ts\nsrc/b.ts',
        'Contents now. They replace every earlier version:',
        'src/a.ts\n```\none\ntwo\nthree\n```',
      ].join('\n\n'),
    },
    { role: 'user', content: 'Do it' },
  ])
})

test('Selected lines are repeated with their place.', () => {
  expect(project({ files: [{ path: 'src/a.ts', text: 'one\ntwo\nthree', ranges: [{ fromLine: 2, toLine: 3 }] }] })).toContain(
    'Selected in src/a.ts, lines 2 to 3:\n```\ntwo\nthree\n```',
  )
})

test('What changed stands below the contents, and is cut at a line where it would crowd them out.', () => {
  expect(project({ changes: '-one\n+two\n' })).toMatch(
    /three\n```\n\nWhat changed, as a patch that leads to the contents above, whose line numbers count:\n```\n-one\n\+two\n```$/,
  )
  const long = '+line\n'.repeat(1_000)
  const cut = project({ changes: long, characters: systemText('search_replace').length + 2_000 })
  expect(cut).toContain('src/a.ts\n```\none')
  expect(cut).toMatch(/(\+line\n){100}[^]*\(There was no room for the rest of the changes\.\)$/)
  expect(cut.length).toBeLessThan(2_000)
})

test('A file that holds fences stands in a longer one.', () => {
  expect(project({ files: [{ path: 'README.md', text: '````\ncode\n````\n', ranges: [] }] })).toContain(
    'README.md\n`````\n````\ncode\n````\n`````',
  )
})

test('What does not fit is cut at a line or left out, and said.', () => {
  const long = 'x'.repeat(49).concat('\n').repeat(100)
  const content = project({
    files: [
      { path: 'long.txt', text: long, ranges: [] },
      { path: 'other.txt', text: long, ranges: [] },
    ],
    characters: systemText('search_replace').length + 2_500,
  })
  expect(content).toMatch(/\(The first \d\d of 100 lines of long\.txt; there was no room for the rest\.\)/)
  expect(content).toContain('Not shown, because there was no room: other.txt.')
  expect(content.length).toBeLessThan(2_700)
})

test('A tree that is too long is cut and counted.', () => {
  const tree = Array.from({ length: 500 }, (_, index) => ({ path: `f${index}.txt`, kind: 'text' as const }))
  const content = project({ tree, files: [], characters: systemText('search_replace').length + 2_000 })
  expect(content).toMatch(/^Files of the project \(500\):\n/)
  expect(content).toMatch(/… and \d+ more that are not listed here\.$/)
})

test('History keeps the newest turns, leaves out those without an answer, and trims long ones in the middle.', () => {
  const turn = (prompt: string, text: string) => ({ prompt, text, status: 'ended' as const })
  const messages = contextMessages({
    ...parts,
    history: [
      turn('oldest', 'y'.repeat(6_000)),
      turn('failed', ''),
      turn('long', `start${'z'.repeat(9_000)}end`),
      turn('newest', 'w'.repeat(9_000)),
    ],
    characters: systemText('search_replace').length + 60_000,
  })
  expect(messages.filter(({ role }) => role === 'user').map(({ content }) => content.slice(0, 6))).toEqual([
    'long',
    'newest',
    'Files ',
    'Do it',
  ])
  expect(messages[2]?.content).toMatch(/^startz+\n\[… \d+ characters left out …\]\nz+end$/)
  expect(messages[4]?.content).toHaveLength(9_000)
})

test('A selection that is larger than the room is begun, and does not push its file out.', () => {
  const text = '```\n'.repeat(250_000)
  const ranges = Array.from({ length: 50 }, () => ({ fromLine: 1, toLine: 250_000 }))
  const shown = project({ files: [{ path: 'src/a.ts', text, ranges }] })
  expect(shown).toContain('Selected in src/a.ts, lines 1 to 250000, of which the first 2')
  expect(shown).toMatch(/The first \d+ of 250000 lines of src\/a.ts/)
  expect(shown.length).toBeLessThan(parts.characters)
})

test('A model is told about the format that it is asked for.', () => {
  const [system] = contextMessages({ ...parts, editFormat: 'patch' })
  expect(system).toEqual({ role: 'system', content: systemText('patch') })
  expect(system?.content).not.toContain('SEARCH')
})

const shown = {
  search_replace: [['search_replace', 'src/cart.ts']],
  patch: [
    ['update', 'src/cart.ts'],
    ['add', 'src/round.ts'],
    ['delete', 'src/old-round.ts'],
    ['update', 'src/sum.ts'],
    ['rename', 'src/sum.ts'],
  ],
}

test.each(['search_replace', 'patch'] as const)(
  'The examples that the model is shown are what the parser reads: %s',
  (format) => {
    const parser = createAnswerParser()
    const events = [...parser.push(systemText(format)), ...parser.end('complete')]
    expect(
      events.flatMap((event) => (event.type === 'blockStart' ? [[event.patch?.operation ?? event.format, event.path]] : [])),
    ).toEqual([...shown[format], ['whole_file', 'src/round.ts']])
    expect(events.filter(({ type }) => type === 'malformed')).toEqual([])
    expect(parser.tolerances()).toEqual({})
  },
)
