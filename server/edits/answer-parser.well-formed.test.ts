import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completeBlocks, parse } from './answer-parser.test-support.ts'

const numRuns = 1_000

const content = fc.array(fc.constantFrom('', 'let a = 1', '  return a', '}', '😀', '# x', '====', '<<<<<<< HEAD', '- item'), {
  maxLength: 6,
})
const path = fc.constantFrom('a.ts', 'src/b.tsx', 'docs/read me.md', 'Makefile', '.gitignore', 'app/s/[id]/page.tsx')
const decorated = (name: string) =>
  name.includes(' ')
    ? fc.constantFrom(`\`${name}\``, `**\`${name}\`**:`, `### \`${name}\``)
    : fc.constantFrom(
        name,
        `\`${name}\``,
        `**${name}**`,
        `### ${name}`,
        `#### 2. \`${name}\``,
        `**File:** \`${name}\``,
        `${name}:`,
      )
const chunk = fc.record({
  anchors: fc.array(fc.constantFrom('class A {', '  f() {', 'größe 😀'), { maxLength: 2 }),
  lines: fc.array(
    fc.tuple(fc.constantFrom(' ', '-', '+'), fc.constantFrom('', 'let a = 1', '*** End of File', '@@ x', '```', '😀')),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
  endOfFile: fc.boolean(),
})
const section = fc.oneof(
  fc.record({
    operation: fc.constant('update' as const),
    path,
    newPath: fc.option(path),
    chunks: fc.array(chunk, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ operation: fc.constant('add' as const), path, lines: content }),
  fc.record({ operation: fc.constant('delete' as const), path }),
)
type Section = typeof section extends fc.Arbitrary<infer S> ? S : never

/** A section as an answer writes it. */
function writtenSection(section: Section): string[] {
  switch (section.operation) {
    case 'delete':
      return [`*** Delete File: ${section.path}`]
    case 'add':
      return [`*** Add File: ${section.path}`, ...section.lines.map((line) => `+${line}`)]
    case 'update':
      return [
        `*** Update File: ${section.path}`,
        ...(section.newPath === null ? [] : [`*** Move to: ${section.newPath}`]),
        ...section.chunks.flatMap(({ anchors, lines, endOfFile }) => [
          ...(anchors.length > 0 ? anchors.map((anchor) => `@@ ${anchor}`) : ['@@']),
          ...lines.map(([prefix, text]) => prefix + text),
          ...(endOfFile ? ['*** End of File'] : []),
        ]),
      ]
  }
}

/** The blocks that its section is to be read as. */
function sectionBlocks(section: Section, number: number): object[] {
  const { path, operation } = section
  const block = (lines: string[], patch: object = {}, end: object = {}) => {
    const told = { section: number, operation, anchors: [], ...patch }
    return { path, format: 'patch', patch: told, lines, elided: false, ...end }
  }
  switch (section.operation) {
    case 'delete':
      return [block([])]
    case 'add':
      return [block(section.lines.map((line) => `replaceLine ${line}`))]
    case 'update': {
      const chunks = section.chunks.map(({ anchors, lines, endOfFile }) =>
        block(
          lines.flatMap(([prefix, text]) => linesTold[prefix]?.map((told) => `${told} ${text}`) ?? []),
          { anchors },
          endOfFile ? { endOfFile } : {},
        ),
      )
      if (section.newPath === null) return chunks
      return [...chunks, block([], { operation: 'rename', newPath: section.newPath })]
    }
  }
}

const linesTold: Record<string, string[]> = {
  ' ': ['searchLine context', 'replaceLine context'],
  '-': ['searchLine'],
  '+': ['replaceLine'],
}

const block = fc.oneof(
  fc.record({
    format: fc.constantFrom('search_replace' as const, 'whole_file' as const),
    path,
    search: content,
    replace: content,
    fenced: fc.boolean(),
  }),
  fc.record({
    format: fc.constant('patch' as const),
    sections: fc.array(section, { minLength: 1, maxLength: 3 }),
    fenced: fc.boolean(),
  }),
)
type Block = typeof block extends fc.Arbitrary<infer B> ? B : never
const written = block.chain((block) =>
  fc.record({
    block: fc.constant(block),
    name: block.format === 'patch' ? fc.constant('') : decorated(block.path),
    blank: fc.constantFrom([], ['']),
    chat: fc.constantFrom('', 'So I change it.\n', 'Example:\n\n```ts\nx()\n```\n\n', '- point\n'),
  }),
)

function writtenBlock(block: Block, name: string, blank: readonly string[]): string[] {
  if (block.format === 'patch') {
    const body = ['*** Begin Patch', ...block.sections.flatMap(writtenSection), '*** End Patch']
    return block.fenced ? ['```', ...body, '```'] : body
  }
  const body =
    block.format === 'whole_file'
      ? block.replace
      : ['<<<<<<< SEARCH', ...block.search, '=======', ...block.replace, '>>>>>>> REPLACE']
  const isFenced = block.format === 'whole_file' || block.fenced
  return [name, ...blank, ...(isFenced ? ['```ts', ...body, '```'] : body)]
}

test('a well-formed answer yields exactly its blocks, and what is left to see is exactly its chat', () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 6 }), (parts) => {
      const answer = parts
        .map(({ block, name, blank, chat }) => `${chat}${writtenBlock(block, name, blank).join('\n')}\n`)
        .join('')
      const { events } = parse([answer], 'complete')
      let sections = 0
      expect([...completeBlocks(events).values()]).toEqual(
        parts.flatMap(({ block }) => {
          if (block.format === 'patch') return block.sections.flatMap((section) => sectionBlocks(section, (sections += 1)))
          const { path, format } = block
          const old = format === 'whole_file' ? [] : block.search.map((line) => `searchLine ${line}`)
          return [{ path, format, lines: [...old, ...block.replace.map((line) => `replaceLine ${line}`)], elided: false }]
        }),
      )
      let seen = ''
      let from = 0
      for (const event of events) {
        if (event.type === 'blockStart') seen += answer.slice(from, event.at)
        if (event.type === 'blockEnd') from = event.at
      }
      expect(seen + answer.slice(from)).toBe(parts.map(({ chat }) => chat).join(''))
    }),
    { numRuns },
  )
}, 60_000)
