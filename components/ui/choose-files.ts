type Choice = {
  /** Extensions and media types, as an input of a form takes them; any file where it is absent. */
  accept?: string
  /** One file where it is absent. */
  many?: 'files' | 'folder'
}

/** Asks for files of the person's machine. Nothing is told where they choose none. */
export function chooseFiles({ accept = '', many }: Choice, onChosen: (files: File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.multiple = many !== undefined
  input.webkitdirectory = many === 'folder'
  input.addEventListener('change', () => onChosen([...(input.files ?? [])]))
  input.click()
}
