const key = 'flint-name'

/** The name that this browser used last, so that a guest types it once. Where nothing can be kept, there is none. */
export function keptName(): string {
  try {
    return window.localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

export function keepName(name: string): void {
  try {
    window.localStorage.setItem(key, name)
  } catch {
    // Then it has to be typed again.
  }
}
