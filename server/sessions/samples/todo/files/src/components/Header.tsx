type HeaderProps = { open: number }

export function Header({ open }: HeaderProps) {
  return (
    <header>
      <h1>Todo</h1>
      <p role="status">{describe(open)}</p>
    </header>
  )
}

function describe(open: number): string {
  if (open === 0) return 'All done'
  return open === 1 ? '1 task left' : `${open} tasks left`
}
