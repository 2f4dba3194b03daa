import { type Game, newGame, step, togglePause, turn } from './game'
import { type Command, listenToKeys } from './input'
import { prepareCanvas, render } from './render'
import { formatScore, loadBest, saveBest } from './score'

const STEPS_PER_SECOND = 9
const STEP_MS = 1000 / STEPS_PER_SECOND

/** The longest pause between two frames that still counts as play. A tab in the background gets no frames at all. */
const MAX_FRAME_MS = 250

const canvas = find('#board', HTMLCanvasElement)
const scoreText = find('#score', HTMLElement)
const bestText = find('#best', HTMLElement)
const context = prepareCanvas(canvas)

let game: Game = newGame()
let best = loadBest(localStorage)
let previousMs = performance.now()
let unplayedMs = 0

function handle(command: Command): void {
  switch (command.type) {
    case 'turn':
      game = turn(game, command.direction)
      break
    case 'pause':
      game = togglePause(game)
      break
    case 'restart':
      game = newGame()
      break
  }
}

/** Time is collected frame by frame and spent in whole steps, so the snake is equally fast on every screen. */
function frame(nowMs: number): void {
  unplayedMs += Math.min(nowMs - previousMs, MAX_FRAME_MS)
  previousMs = nowMs

  while (unplayedMs >= STEP_MS) {
    game = step(game)
    unplayedMs -= STEP_MS
  }

  if (game.score > best) best = saveBest(localStorage, game.score)
  scoreText.textContent = formatScore(game.score)
  bestText.textContent = formatScore(best)
  render(context, game)
  requestAnimationFrame(frame)
}

function find<E extends Element>(selector: string, type: new () => E): E {
  const element = document.querySelector(selector)
  if (!(element instanceof type)) throw new Error(`index.html has no ${selector}`)
  return element
}

listenToKeys(handle)
requestAnimationFrame(frame)
