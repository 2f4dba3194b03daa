export type Todo = {
  readonly id: string
  readonly text: string
  readonly done: boolean
}

export type TodoAction =
  | { type: 'added'; id: string; text: string }
  | { type: 'toggled'; id: string }
  | { type: 'removed'; id: string }
  | { type: 'doneCleared' }

export function todosReducer(todos: readonly Todo[], action: TodoAction): readonly Todo[] {
  switch (action.type) {
    case 'added':
      return [{ id: action.id, text: action.text, done: false }, ...todos]
    case 'toggled':
      return todos.map((todo) => (todo.id === action.id ? { ...todo, done: !todo.done } : todo))
    case 'removed':
      return todos.filter((todo) => todo.id !== action.id)
    case 'doneCleared':
      return todos.filter((todo) => !todo.done)
  }
}

export function countOpen(todos: readonly Todo[]): number {
  return todos.filter((todo) => !todo.done).length
}
