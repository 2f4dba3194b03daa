/** Copies text; on plain http in a network, where there is no clipboard API, through a selection. Returns whether it was copied. */
export function copyText(text: string): boolean {
  if (typeof navigator.clipboard?.writeText === 'function') {
    navigator.clipboard.writeText(text).catch(() => copyBySelection(text))
    return true
  }
  return copyBySelection(text)
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  // Deprecated, but the only way there is without a secure context.
  const copied = document.execCommand('copy')
  area.remove()
  return copied
}
