import { useEffect, useReducer } from 'react'
import { Header } from './components/Header'
import { TodoForm } from './components/TodoForm'
import { TodoList } from './components/TodoList'
import { loadTodos, saveTodos } from './storage'
import { countOpen, todosReducer } from './todos'

export function App() {
  const [todos, dispatch] = useReducer(todosReducer, undefined, loadTodos)

  useEffect(() => saveTodos(todos), [todos])

  const open = countOpen(todos)

  return (
    <main>
      <Header open={open} />
      <TodoForm onAdd={(text) => dispatch({ type: 'added', id: crypto.randomUUID(), text })} />
      <TodoList
        todos={todos}
        onToggle={(id) => dispatch({ type: 'toggled', id })}
        onRemove={(id) => dispatch({ type: 'removed', id })}
      />
      {open < todos.length && (
        <button className="clear" onClick={() => dispatch({ type: 'doneCleared' })}>
          Clear finished tasks
        </button>
      )}
    </main>
  )
}
