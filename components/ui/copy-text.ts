/** Copies text; through a selection where the browser refuses, or has no clipboard API (plain http in a network). Resolves with whether it was copied. */
export async function copyText(text: string): Promise<boolean> {
  const written = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )
  return written === true || copyBySelection(text)
}

/** Selects without taking the focus, which a dialog or menu around it would take back. */
function copyBySelection(text: string): boolean {
  const copy = document.createElement('pre')
  copy.textContent = text
  copy.className = 'sr-only'
  document.body.append(copy)
  const selection = window.getSelection()
  const before = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
  selection?.selectAllChildren(copy)
  // Deprecated, but the only way there is without a secure context.
  const copied = document.execCommand('copy')
  selection?.removeAllRanges()
  if (before) selection?.addRange(before)
  copy.remove()
  return copied
}
