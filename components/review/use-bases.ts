'use client'

import type { BaseId } from '#protocol/bases.ts'
import { useSession } from '#session/session-provider.tsx'
import { useMemo } from 'react'
import { baseOf, basesOf, type Base } from './bases.ts'

/** What the files can be compared with. */
export function useBases(): Base[] {
  const turns = useSession((state) => state.turns)
  const zips = useSession((state) => state.bases)
  return useMemo(() => basesOf({ turns, zips }), [turns, zips])
}

export function useBase(baseId: BaseId): Base {
  const turns = useSession((state) => state.turns)
  const zips = useSession((state) => state.bases)
  return useMemo(() => baseOf(baseId, { turns, zips }), [baseId, turns, zips])
}
