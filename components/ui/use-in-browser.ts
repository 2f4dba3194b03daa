'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False in what the server renders and until this page's script has taken it over, true from then on. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
