import { type Cell, type Direction, isInside, isOpposite, neighbour, sameCell } from './grid'
import { POINTS_PER_APPLE } from './score'

export const COLUMNS = 24
export const ROWS = 16

/** How many turns a player may be ahead of the snake. More than that feels like lag. */
const MAX_QUEUED_TURNS = 2

export type Snake = readonly [head: Cell, ...body: Cell[]]

export type Status = 'ready' | 'playing' | 'paused' | 'over' | 'won'

export type Game = {
  readonly status: Status
  readonly snake: Snake
  readonly direction: Direction
  /** Turns that were asked for and not made yet, oldest first. */
  readonly queuedTurns: readonly Direction[]
  readonly apple: Cell
  readonly score: number
}

/** Returns a number from 0 up to, but not including, 1. Tests pass their own. */
export type Random = () => number

export function newGame(random: Random = Math.random): Game {
  const snake: Snake = [{ x: 8, y: 8 }, { x: 7, y: 8 }, { x: 6, y: 8 }]
  return {
    status: 'ready',
    snake,
    direction: 'right',
    queuedTurns: [],
    apple: placeApple(snake, random),
    score: 0,
  }
}

/** Asks for a turn and starts a game that is waiting for one. Turning back into one's own neck is ignored. */
export function turn(game: Game, direction: Direction): Game {
  if (game.status !== 'ready' && game.status !== 'playing') return game
  const started: Game = { ...game, status: 'playing' }
  const heading = game.queuedTurns.at(-1) ?? game.direction
  if (direction === heading || isOpposite(direction, heading)) return started
  if (game.queuedTurns.length === MAX_QUEUED_TURNS) return started
  return { ...started, queuedTurns: [...game.queuedTurns, direction] }
}

export function togglePause(game: Game): Game {
  if (game.status === 'playing') return { ...game, status: 'paused' }
  if (game.status === 'paused' || game.status === 'ready') return { ...game, status: 'playing' }
  return game
}

/** Moves the snake by one cell. */
export function step(game: Game, random: Random = Math.random): Game {
  if (game.status !== 'playing') return game

  const [direction = game.direction, ...queuedTurns] = game.queuedTurns
  const head = neighbour(game.snake[0], direction)
  const eats = sameCell(head, game.apple)

  // Unless the snake grows, its tail leaves in the same step, so the head may take that cell.
  const body = eats ? game.snake : game.snake.slice(0, -1)
  const hitsWall = !isInside(head, COLUMNS, ROWS)
  const hitsItself = body.some((cell) => sameCell(cell, head))
  if (hitsWall || hitsItself) return { ...game, status: 'over' }

  const snake: Snake = [head, ...body]
  const moved: Game = { ...game, snake, direction, queuedTurns }
  if (!eats) return moved

  const score = game.score + POINTS_PER_APPLE
  if (snake.length === COLUMNS * ROWS) return { ...moved, status: 'won', score }
  return { ...moved, apple: placeApple(snake, random), score }
}

/** Chooses among the free cells, so it finds one at the first try even when the board is nearly full. */
function placeApple(snake: Snake, random: Random): Cell {
  const free: Cell[] = []
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLUMNS; x++) {
      if (!snake.some((cell) => sameCell(cell, { x, y }))) free.push({ x, y })
    }
  }
  const apple = free[Math.floor(random() * free.length)]
  if (!apple) throw new Error('There is no free cell left for an apple')
  return apple
}
