/** A cell of the board: column and row, counted from the top left corner. */
export type Cell = { readonly x: number; readonly y: number }

export type Direction = 'up' | 'down' | 'left' | 'right'

const offsets: Record<Direction, Cell> = {
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
}

export function neighbour(cell: Cell, direction: Direction): Cell {
  const offset = offsets[direction]
  return { x: cell.x + offset.x, y: cell.y + offset.y }
}

export function isOpposite(a: Direction, b: Direction): boolean {
  return offsets[a].x + offsets[b].x === 0 && offsets[a].y + offsets[b].y === 0
}

export function sameCell(a: Cell, b: Cell): boolean {
  return a.x === b.x && a.y === b.y
}

export function isInside(cell: Cell, columns: number, rows: number): boolean {
  return cell.x >= 0 && cell.x < columns && cell.y >= 0 && cell.y < rows
}
