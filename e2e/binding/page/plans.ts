import fc from 'fast-check'

/** A place in whatever text there is when the step is taken, from 0 (start) to 1 (end): steps stay valid when others are left out. */
type Place = number
export type Span = { from: Place; length: number }
export type Change = Span & { text: string }

/** 0 is the replica that the editor is bound to; the others are the remote ones. */
export type ReplicaIndex = number

export type Step =
  /** Through the editor, at one to three selections. */
  | { kind: 'type' | 'paste'; at: Span[]; text: string }
  | { kind: 'command'; at: Span[]; command: Command }
  /** Through the editor's programming interface, as a rename of a symbol does. */
  | { kind: 'execute'; changes: Change[] }
  | { kind: 'undo' | 'redo' | 'end undo group' }
  /** Line ends or text replaced from outside: never an edit of a person. */
  | { kind: 'set line ends to CRLF' | 'set line ends to LF' | 'append CRLF' | 'replace model text' }
  | { kind: 'rename' }
  | { kind: 'hide' | 'show' }
  /** One transaction of a remote replica. */
  | { kind: 'write'; by: ReplicaIndex; changes: Change[] }
  /** An assistant's: many lines at one place, or lines spread over the text. */
  | { kind: 'stream'; by: ReplicaIndex; at: Place; lines: number; spread: boolean }
  /** Some of what waits for a replica arrives, in an order and in batches that `shuffle` decides. */
  | { kind: 'deliver'; to: ReplicaIndex; share: number; shuffle: number; merged: boolean }

/** Without `joinLines`: with cursors on neighbouring lines Monaco's own makes overlapping edits and throws. */
export const commands = [
  'deleteLeft',
  'deleteRight',
  'deleteWordLeft',
  'lineBreakInsert',
  'cursorDownSelect',
  'tab',
  'outdent',
  'editor.action.deleteLines',
  'editor.action.copyLinesDownAction',
  'editor.action.moveLinesDownAction',
  'editor.action.moveLinesUpAction',
  'editor.action.insertLineAfter',
  'editor.action.indentLines',
  'editor.action.commentLine',
  'editor.action.transposeLetters',
  'editor.action.sortLinesAscending',
  'editor.action.trimTrailingWhitespace',
] as const
type Command = (typeof commands)[number]

export type Plan = { initial: string; remotes: number; steps: Step[] }

const place = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000)
const units = ['a', 'b', ' ', '(', '"', '\t', '\n', '😀', 'é', 'e\u0301', '\u2028', 'line\n', '  def f():\n'] as const
const textOf = (...more: string[]) => fc.string({ unit: fc.constantFrom(...units, ...more), maxLength: 6 })
/** What is typed and pasted may hold any line end. */
const typed = textOf('\r\n', '\r')
/** Other clients write line feeds; one that does not is put right, which leaves less to look at. */
const written = fc.oneof({ weight: 30, arbitrary: textOf() }, { weight: 1, arbitrary: typed })
const span = fc.record({ from: place, length: fc.nat(12) })
const spans = fc.array(span, { minLength: 1, maxLength: 3 })
const changes = (text: fc.Arbitrary<string>) =>
  fc.array(fc.record({ from: place, length: fc.nat(20), text }), { minLength: 1, maxLength: 4 })
const by = fc.integer({ min: 1, max: 3 })

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('type', 'paste'), at: spans, text: typed }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('command'), at: spans, command: fc.constantFrom(...commands) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('execute'), changes: changes(typed) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('undo', 'redo', 'end undo group') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('set line ends to CRLF', 'set line ends to LF', 'append CRLF', 'replace model text', 'rename'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('hide', 'show') }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('write'), by, changes: changes(written) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('stream'), by, at: place, lines: fc.nat(60), spread: fc.boolean() }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('deliver'),
      to: fc.constantFrom(0, 0, 0, 1, 2, 3),
      share: fc.constantFrom(0.3, 0.6, 1),
      shuffle: fc.nat(),
      merged: fc.boolean(),
    }),
  },
)

export const plan: fc.Arbitrary<Plan> = fc.record({
  initial: fc.array(textOf(), { maxLength: 12 }).map((texts) => texts.join('')),
  remotes: fc.integer({ min: 2, max: 3 }),
  steps: fc.array(step, { minLength: 4, maxLength: 24, size: 'max' }),
})
