import fc from 'fast-check'

/** What a model does to the lines it quotes: each is kept, dropped or changed, and new ones come in between. */
export type LineChange = 'keep' | 'drop' | 'change' | 'insert' | 'many' | 'brace'
type Format = 'blocks' | 'patch' | 'whole'
export type BlockPlan = {
  gap: number
  changes: LineChange[]
  /** A chunk of a patch names the line above it. */
  isAnchored?: boolean
}

export type FilePlan = {
  /** What stands there before; where that is no text, the answer begins with the lines and then goes on with its blocks. */
  start: 'text' | 'empty' | 'missing'
  /** Lines below the last block. */
  lines: number
  /** How many different texts lines have: with few, a place is often not clear. */
  texts: number
  isTerminated: boolean
  lineEnding: 'lf' | 'crlf'
  format: Format
  blocks: BlockPlan[]
  /** What happens to the whole file, once somebody accepts that. `replace`: it is renamed onto the file before it, if there is one. */
  operation: 'none' | 'rename' | 'replace' | 'delete'
}

/** Nothing special about it. */
export const plainFile = {
  start: 'text',
  lines: 3,
  texts: 1_000,
  isTerminated: true,
  lineEnding: 'lf',
  format: 'blocks',
  operation: 'none',
} as const

/** `where` is a share (0 to 1) of the text at that moment. */
export type TypingPlan = { read: number; file: number; where: number; kind: 'letter' | 'line' | 'delete'; late: boolean }

/** Somebody types in an old line of a block, or removes it, where that still stands as it was. */
export type MeddlingPlan = {
  read: number
  file: number
  block: number
  line: number
  where: number
  kind: 'letter' | 'line' | 'remove'
}

/** Somebody decides one of the hunks that there are at that moment. */
export type DecisionPlan = { read: number; hunk: number; what: 'accept' | 'reject' | 'revert' | 'redo' }

/** One answer about some files, how it arrives, and who types and decides meanwhile. */
export type EditPlan = {
  files: FilePlan[]
  reads: { length: number; frames: number }[]
  typing: TypingPlan[]
  meddling?: MeddlingPlan[]
  decisions?: DecisionPlan[]
}

const lineChange = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom<LineChange>('keep', 'keep', 'drop', 'change', 'insert', 'brace') },
  { weight: 1, arbitrary: fc.constant<LineChange>('many') },
)
const block = fc.record({
  gap: fc.nat(5),
  changes: fc.oneof(
    { weight: 6, arbitrary: fc.array(lineChange, { minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.array(lineChange, { minLength: 44, maxLength: 60 }) },
  ),
  isAnchored: fc.boolean(),
})
const file = fc.record({
  start: fc.constantFrom<FilePlan['start']>('text', 'text', 'text', 'text', 'empty', 'missing'),
  lines: fc.nat(8),
  texts: fc.constantFrom(1_000, 1_000, 1_000, 4, 12),
  isTerminated: fc.constantFrom(true, true, false),
  lineEnding: fc.constantFrom<FilePlan['lineEnding']>('lf', 'lf', 'crlf'),
  format: fc.constantFrom<Format>('blocks', 'blocks', 'patch', 'whole'),
  blocks: fc.array(block, { minLength: 1, maxLength: 3 }),
  operation: fc.constant<FilePlan['operation']>('none'),
})
const operation = fc.constantFrom<FilePlan['operation']>('none', 'rename', 'replace', 'delete')
/** Not `fc.double`, which prefers numbers next to nothing. */
export const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)

/** Keys by which something is put in another order. */
export const order = fc.array(fc.nat(1_000), { minLength: 30, maxLength: 30 })

const typed = fc.record({
  read: fc.nat(12),
  file: fc.nat(1),
  where: share,
  kind: fc.constantFrom('letter' as const, 'letter' as const, 'line' as const, 'delete' as const),
  late: fc.boolean(),
})

const decided = fc.record({
  read: fc.nat(40),
  hunk: fc.nat(1_000),
  what: fc.constantFrom<DecisionPlan['what']>('accept', 'reject', 'reject', 'revert', 'redo'),
})

const meddled = fc.record({
  read: fc.constantFrom(0, 0, 0, 1, 3, 8),
  file: fc.nat(1),
  block: fc.nat(2),
  line: fc.nat(59),
  where: share,
  kind: fc.constantFrom('letter' as const, 'letter' as const, 'line' as const, 'remove' as const),
})

type Kinds = {
  meddling?: boolean
  typing: 'nothing' | 'insertions' | 'anything'
  decisions?: boolean
  /** Whether files are renamed and deleted, and whether there are some that the answer creates. */
  operations?: boolean
  creations?: boolean
  /** All files have texts before, in which every line is another, and none ends with a blank line. */
  isPlain?: boolean
}

export function editPlan({
  typing,
  meddling = false,
  decisions = false,
  operations = false,
  creations = true,
  isPlain = false,
}: Kinds): fc.Arbitrary<EditPlan> {
  const kinds = typing === 'insertions' ? typed.filter(({ kind }) => kind !== 'delete') : typed
  const { start, texts } = plainFile
  const files = file.map((plan): FilePlan => {
    if (isPlain) return withoutBlankEnd({ ...plan, start, texts })
    return !creations && plan.start === 'missing' ? { ...plan, start: 'empty' } : plan
  })
  const withOperation = fc.tuple(files, operation).map(([plan, what]): FilePlan => ({ ...plan, operation: what }))
  return fc.record({
    files: fc.array(operations ? withOperation : files, { minLength: 1, maxLength: 2 }),
    reads: fc.array(fc.record({ length: fc.integer({ min: 20, max: 400 }), frames: fc.constantFrom(0, 1, 1, 12) }), {
      minLength: 2,
      maxLength: 8,
    }),
    typing: typing === 'nothing' ? fc.constant([]) : fc.array(kinds, { minLength: 1, maxLength: 6 }),
    ...(meddling && { meddling: fc.array(meddled, { minLength: 1, maxLength: 4 }) }),
    ...(decisions && { decisions: fc.array(decided, { maxLength: 12 }) }),
  })
}

/** A blank last line without its line feed is no line. */
function withoutBlankEnd(plan: FilePlan): FilePlan {
  if (plan.isTerminated) return plan
  const blocks = plan.blocks.map((block) => ({
    ...block,
    changes: block.changes.map((change) => (change === 'brace' ? 'insert' : change)),
  }))
  return { ...plan, blocks }
}
