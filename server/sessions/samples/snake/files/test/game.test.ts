import { COLUMNS, type Game, newGame, step, togglePause, turn } from '../src/game'
import { equal, test } from './check'

/** Always the first free cell: the apple lies in the top left corner, out of the way. */
const first = () => 0

function playing(changes: Partial<Game> = {}): Game {
  return { ...newGame(first), status: 'playing', ...changes }
}

test('a new game waits for the first turn', () => {
  const game = newGame(first)
  equal(step(game, first), game)
  equal(turn(game, 'up').status, 'playing')
})

test('the snake moves one cell and keeps its length', () => {
  equal(step(playing(), first).snake, [{ x: 9, y: 8 }, { x: 8, y: 8 }, { x: 7, y: 8 }])
})

test('turns are made one step at a time, in the order they were asked for', () => {
  const game = turn(turn(playing(), 'up'), 'left')
  equal(step(game, first).direction, 'up')
  equal(step(step(game, first), first).direction, 'left')
})

test('a turn straight back is ignored', () => {
  equal(turn(playing(), 'left').queuedTurns, [])
})

test('an apple makes the snake longer and scores', () => {
  const game = step(playing({ apple: { x: 9, y: 8 } }), first)
  equal(game.snake.length, 4)
  equal(game.score, 10)
  equal(game.apple, { x: 0, y: 0 })
})

test('the wall ends the game', () => {
  const atTheWall = playing({ snake: [{ x: COLUMNS - 1, y: 8 }] })
  equal(step(atTheWall, first).status, 'over')
})

test('the snake may follow its own tail', () => {
  const square = playing({
    snake: [{ x: 5, y: 5 }, { x: 5, y: 6 }, { x: 6, y: 6 }, { x: 6, y: 5 }],
  })
  equal(step(square, first).status, 'playing')
})

test('biting its own body ends the game', () => {
  const curl = playing({
    snake: [{ x: 5, y: 5 }, { x: 5, y: 6 }, { x: 6, y: 6 }, { x: 6, y: 5 }, { x: 6, y: 4 }],
  })
  equal(step(curl, first).status, 'over')
})

test('a paused game stands still', () => {
  const paused = togglePause(playing())
  equal(step(paused, first), paused)
})
