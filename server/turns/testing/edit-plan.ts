import fc from 'fast-check'

/** What a model does to the lines it quotes: each is kept, dropped or changed, and new ones come in between. */
type LineChange = 'keep' | 'drop' | 'change' | 'insert' | 'brace'
type Format = 'blocks' | 'patch' | 'whole'
type FilePlan = { lines: number; format: Format; blocks: { gap: number; changes: LineChange[] }[] }
type Read = { length: number; frames: number }

/** One answer about some files, how it arrives, and who types meanwhile. `where` is a share (0 to 1) of the text at that moment. */
export type EditPlan = {
  files: FilePlan[]
  reads: Read[]
  typing: { read: number; file: number; where: number; kind: 'letter' | 'line' | 'delete'; late: boolean }[]
}

const lineChange = fc.constantFrom<LineChange>('keep', 'keep', 'drop', 'change', 'insert', 'brace')
const block = fc.record({
  gap: fc.nat(5),
  changes: fc.oneof(
    { weight: 6, arbitrary: fc.array(lineChange, { minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.array(lineChange, { minLength: 44, maxLength: 60 }) },
  ),
})
const file = fc.record({
  lines: fc.integer({ min: 3, max: 8 }),
  format: fc.constantFrom<Format>('blocks', 'blocks', 'patch', 'whole'),
  blocks: fc.array(block, { minLength: 1, maxLength: 3 }),
})
/** Not `fc.double`, which prefers numbers next to nothing. */
export const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)

const typed = fc.record({
  read: fc.nat(12),
  file: fc.nat(1),
  where: share,
  kind: fc.constantFrom('letter' as const, 'letter' as const, 'line' as const, 'delete' as const),
  late: fc.boolean(),
})

export function editPlan({ typing }: { typing: 'nothing' | 'insertions' | 'anything' }): fc.Arbitrary<EditPlan> {
  const kinds = typing === 'insertions' ? typed.filter(({ kind }) => kind !== 'delete') : typed
  return fc.record({
    files: fc.array(file, { minLength: 1, maxLength: 2 }),
    reads: fc.array(fc.record({ length: fc.integer({ min: 20, max: 400 }), frames: fc.constantFrom(0, 1, 1, 12) }), {
      minLength: 2,
      maxLength: 8,
    }),
    typing: typing === 'nothing' ? fc.constant([]) : fc.array(kinds, { minLength: 1, maxLength: 6 }),
  })
}

export type Script = {
  /** Texts by path, before the answer and as the answer wants them. */
  before: Record<string, string>
  after: Record<string, string>
  answer: string
  /** Where each block ends in the answer, and the texts if the answer had only the blocks up to there. */
  ends: { at: number; after: Record<string, string> }[]
}

const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

/** Writes the answer that a plan stands for. */
export function scriptOf({ files }: Pick<EditPlan, 'files'>): Script {
  const script: Script = { before: {}, after: {}, answer: 'Here it comes.\n\n', ends: [] }
  for (const [index, plan] of files.entries()) {
    const path = `src/file${index}.txt`
    script.before[path] = joined(linesOf(plan))
    script.after[path] = script.before[path]
  }
  for (const [index, plan] of files.entries()) writeFile(script, `src/file${index}.txt`, plan)
  return script
}

function linesOf({ lines, blocks }: FilePlan): string[] {
  const used = blocks.reduce((sum, { gap, changes }) => sum + gap + changes.length, 0)
  return Array.from({ length: used + lines }, (_, line) => `line ${line} 🐍${'}'.repeat(line % 3)}`)
}

function writeFile(script: Script, path: string, plan: FilePlan): void {
  const old = linesOf(plan)
  const done: string[] = []
  const pieces: string[] = []
  let next = 0
  for (const { gap, changes } of plan.blocks) {
    done.push(...old.slice(next, next + gap))
    next += gap
    const quoted = old.slice(next, next + changes.length)
    const written = quoted.flatMap((line, at) => newLines(changes[at] ?? 'keep', line))
    done.push(...written)
    next += changes.length
    const after = joined([...done, ...old.slice(next)])
    if (plan.format === 'blocks') {
      say(script, `${path}\n\`\`\`\n<<<<<<< SEARCH\n${joined(quoted)}=======\n${joined(written)}>>>>>>> REPLACE\n`, path, after)
      script.answer += '```\n\n'
    } else if (plan.format === 'patch')
      pieces.push(`@@\n${quoted.map((line, at) => patchLines(changes[at] ?? 'keep', line)).join('')}`)
    script.after[path] = after
  }
  const after = script.after[path] ?? ''
  if (plan.format === 'whole') say(script, `${path}\n\`\`\`\n${after}\`\`\`\n`, path, after)
  if (plan.format === 'patch') {
    script.answer += `*** Begin Patch\n*** Update File: ${path}\n${pieces.join('')}*** End Patch\n`
    script.ends.push({ at: script.answer.length, after: { ...script.after } })
  }
  script.answer += '\n'
}

function say(script: Script, text: string, path: string, after: string): void {
  script.answer += text
  const last = script.ends.at(-1)?.after ?? script.before
  script.ends.push({ at: script.answer.length, after: { ...last, [path]: after } })
}

function newLines(change: LineChange, line: string): string[] {
  switch (change) {
    case 'keep':
      return [line]
    case 'drop':
      return []
    case 'change':
      return [`${line} changed`]
    case 'insert':
      return [line, `new below ${line}`]
    case 'brace':
      return ['}', line, '']
  }
}

function patchLines(change: LineChange, line: string): string {
  switch (change) {
    case 'keep':
      return ` ${line}\n`
    case 'drop':
      return `-${line}\n`
    case 'change':
      return `-${line}\n+${line} changed\n`
    case 'insert':
      return ` ${line}\n+new below ${line}\n`
    case 'brace':
      return `+}\n ${line}\n+\n`
  }
}
