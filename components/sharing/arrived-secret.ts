const secretInFragment = /^#([A-Za-z0-9_-]{16,64})$/

export function hasSecret(): boolean {
  return secretInFragment.test(window.location.hash)
}

/** Reads a link's secret once and takes it off the address bar, so that no screenshot, bookmark or copied address holds it. */
export function takeSecret(): string | undefined {
  const secret = secretInFragment.exec(window.location.hash)?.[1]
  // Without a state of its own, so that Next forgets the address with the fragment too.
  if (secret !== undefined) window.history.replaceState(null, '', window.location.pathname + window.location.search)
  return secret
}
