import type { TextDelta } from './text-edits.ts'

type Piece = { kind: 'retain' | 'delete'; length: number } | { kind: 'insert'; text: string }
const rest: Piece = { kind: 'retain', length: Infinity }

/** One delta that does what `first` and then `second` do. */
export function composeDeltas(first: TextDelta, second: TextDelta): TextDelta {
  const early = piecesOf(first)
  const late = piecesOf(second)
  const composed: Piece[] = []
  while (early.length > 0 || late.length > 0) {
    const [earlier = rest] = early
    const [later = rest] = late
    if (later.kind === 'insert') {
      add(composed, later)
      late.shift()
    } else if (earlier.kind === 'delete') {
      add(composed, earlier)
      early.shift()
    } else {
      const length = Math.min(lengthOf(earlier), lengthOf(later))
      const [taken] = split(earlier, length)
      // What `first` inserted and `second` deleted never was.
      if (later.kind === 'retain') add(composed, taken)
      else if (earlier.kind === 'retain') add(composed, { kind: 'delete', length })
      shorten(early, length)
      shorten(late, length)
    }
  }
  return composed.map((piece) => (piece.kind === 'insert' ? { insert: piece.text } : { [piece.kind]: piece.length }))
}

/**
 * Keeps a delta as short as it can be, one insertion and one deletion between two retained pieces: a page that is hidden for long
 * gathers thousands of changes.
 */
function add(pieces: Piece[], piece: Piece) {
  const last = pieces.at(-1)
  if (piece.kind === 'insert' && last?.kind === 'delete') {
    pieces.pop()
    add(pieces, piece)
    pieces.push(last)
  } else if (piece.kind === 'insert' && last?.kind === 'insert') {
    pieces[pieces.length - 1] = { kind: 'insert', text: last.text + piece.text }
  } else if (piece.kind !== 'insert' && last !== undefined && last.kind === piece.kind) {
    pieces[pieces.length - 1] = { kind: piece.kind, length: last.length + piece.length }
  } else {
    pieces.push(piece)
  }
}

function piecesOf(delta: TextDelta): Piece[] {
  return delta.map(pieceOf).filter((piece) => lengthOf(piece) > 0)
}

function pieceOf(operation: TextDelta[number]): Piece {
  if (operation.retain !== undefined) return { kind: 'retain', length: operation.retain }
  if (operation.delete !== undefined) return { kind: 'delete', length: operation.delete }
  return { kind: 'insert', text: typeof operation.insert === 'string' ? operation.insert : '' }
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'insert' ? piece.text.length : piece.length
}

function split(piece: Piece, length: number): [Piece, Piece] {
  if (piece.kind === 'insert') {
    const { text } = piece
    return [
      { kind: 'insert', text: text.slice(0, length) },
      { kind: 'insert', text: text.slice(length) },
    ]
  }
  return [
    { ...piece, length },
    { ...piece, length: piece.length - length },
  ]
}

/** Takes `length` off the first piece of a list. */
function shorten(pieces: Piece[], length: number) {
  const [first] = pieces
  if (first === undefined) return
  if (lengthOf(first) === length) pieces.shift()
  else pieces[0] = split(first, length)[1]
}
