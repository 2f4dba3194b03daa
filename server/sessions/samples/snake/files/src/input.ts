import type { Direction } from './grid'

export type Command = { type: 'turn'; direction: Direction } | { type: 'pause' } | { type: 'restart' }

/** Calls `onCommand` for every key that means something in the game, until the returned function is called. */
export function listenToKeys(onCommand: (command: Command) => void): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return

    switch (event.key) {
      case 'ArrowUp':
      case 'w':
      case 'W':
        event.preventDefault()
        onCommand({ type: 'turn', direction: 'up' })
        break
      case 'ArrowDown':
      case 's':
      case 'S':
        event.preventDefault()
        onCommand({ type: 'turn', direction: 'down' })
        break
      case 'ArrowLeft':
      case 'a':
      case 'A':
        event.preventDefault()
        onCommand({ type: 'turn', direction: 'left' })
        break
      case 'ArrowRight':
      case 'd':
      case 'D':
        event.preventDefault()
        onCommand({ type: 'turn', direction: 'right' })
        break
      case ' ':
        event.preventDefault()
        if (!event.repeat) onCommand({ type: 'pause' })
        break
      case 'Enter':
        event.preventDefault()
        if (!event.repeat) onCommand({ type: 'restart' })
        break
    }
  }

  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}
