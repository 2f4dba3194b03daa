import { COLUMNS, type Game, ROWS, type Snake, type Status } from './game'
import type { Cell } from './grid'

/** Side of a cell, in CSS pixels. */
const CELL = 24
const GAP = 2

const colours = {
  board: '#151b13',
  snake: '#6ccf5b',
  head: '#a5f08d',
  apple: '#ff6b57',
  veil: 'rgb(16 20 15 / 75%)',
  text: '#e6efe0',
}

const messages: Partial<Record<Status, string>> = {
  ready: 'Press an arrow key',
  paused: 'Paused',
  over: 'Game over · Enter to try again',
  won: 'The board is full. You won!',
}

/** Gives the canvas as many pixels as the screen has for it, so that nothing is blurred. */
export function prepareCanvas(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw on a canvas')
  const scale = window.devicePixelRatio
  canvas.style.width = `${COLUMNS * CELL}px`
  canvas.width = COLUMNS * CELL * scale
  canvas.height = ROWS * CELL * scale
  context.scale(scale, scale)
  return context
}

export function render(context: CanvasRenderingContext2D, game: Game): void {
  context.fillStyle = colours.board
  context.fillRect(0, 0, COLUMNS * CELL, ROWS * CELL)

  drawApple(context, game.apple)
  drawSnake(context, game.snake)

  const message = messages[game.status]
  if (message) drawMessage(context, message)
}

function drawApple(context: CanvasRenderingContext2D, { x, y }: Cell): void {
  context.fillStyle = colours.apple
  context.beginPath()
  context.arc((x + 0.5) * CELL, (y + 0.5) * CELL, CELL / 2 - GAP, 0, 2 * Math.PI)
  context.fill()
}

function drawSnake(context: CanvasRenderingContext2D, snake: Snake): void {
  snake.forEach(({ x, y }, index) => {
    context.fillStyle = index === 0 ? colours.head : colours.snake
    context.beginPath()
    context.roundRect(x * CELL + GAP / 2, y * CELL + GAP / 2, CELL - GAP, CELL - GAP, 6)
    context.fill()
  })
}

function drawMessage(context: CanvasRenderingContext2D, message: string): void {
  context.fillStyle = colours.veil
  context.fillRect(0, 0, COLUMNS * CELL, ROWS * CELL)
  context.fillStyle = colours.text
  context.font = '18px ui-monospace, monospace'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(message, (COLUMNS * CELL) / 2, (ROWS * CELL) / 2)
}
