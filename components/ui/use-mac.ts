'use client'

import { useSyncExternalStore } from 'react'
import { isMac } from './key-combination.ts'

const never = () => () => {}

/** Whether shortcuts are shown and matched as on a Mac; false while the server renders. */
export function useMac(): boolean {
  return useSyncExternalStore(
    never,
    () => isMac(navigator.platform),
    () => false,
  )
}
