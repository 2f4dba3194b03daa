import { type SubmitEvent, useState } from 'react'

type TodoFormProps = { onAdd: (text: string) => void }

export function TodoForm({ onAdd }: TodoFormProps) {
  const [text, setText] = useState('')

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const trimmed = text.trim()
    if (trimmed === '') return
    onAdd(trimmed)
    setText('')
  }

  return (
    <form onSubmit={submit}>
      <input
        aria-label="New task"
        placeholder="What needs to be done?"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit">Add</button>
    </form>
  )
}
