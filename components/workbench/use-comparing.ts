'use client'

import type { BaseId } from '#protocol/bases.ts'
import { useState } from 'react'

/** What the files are compared with while the comparison lies over the editor. */
export type Comparing = {
  /** Null while nothing is compared. */
  baseId: BaseId | null
  with(baseId: BaseId): void
  end(): void
}

export function useComparing(showEditor: () => void): Comparing {
  const [baseId, setBaseId] = useState<BaseId | null>(null)
  return {
    baseId,
    with: (wanted) => {
      showEditor()
      setBaseId(wanted)
    },
    end: () => setBaseId(null),
  }
}
