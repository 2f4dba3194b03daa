import type { Todo } from './todos'

const KEY = 'todos'

export function loadTodos(): readonly Todo[] {
  const stored = localStorage.getItem(KEY)
  return stored ? JSON.parse(stored) : []
}

export function saveTodos(todos: readonly Todo[]): void {
  localStorage.setItem(KEY, JSON.stringify(todos))
}
