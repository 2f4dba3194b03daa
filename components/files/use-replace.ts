'use client'

import type { ReplaceBody } from '#protocol/search.ts'
import { useSession } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import { useState } from 'react'
import { replaceInFiles, undoReplace } from './file-search.ts'
import { countOf, wordCallFailure, wordSkipped } from './search-wording.ts'

/** Replaces, says what was done, and offers to take it back. */
export function useReplace() {
  const sessionId = useSession((state) => state.session?.sessionId)
  const [busy, setBusy] = useState(false)

  const undo = async (replaceId: string) => {
    if (sessionId === undefined) return
    const result = await undoReplace(sessionId, replaceId)
    if (!result.ok) return void toast.error('Nothing was taken back', { description: wordCallFailure(result.code) })
    const { restored, kept } = result.value
    const description = kept === 0 ? undefined : `${countOf(kept, 'place')} changed since and stayed as they are.`
    toast.success(`${countOf(restored, 'place')} taken back`, { description })
  }

  return {
    busy,
    async replace(body: ReplaceBody) {
      if (sessionId === undefined || busy) return
      setBusy(true)
      const result = await replaceInFiles(sessionId, body)
      setBusy(false)
      if (!result.ok) return void toast.error('Nothing was replaced', { description: wordCallFailure(result.code) })
      const { replaced, files, replaceId } = result.value
      const description = wordSkipped(result.value)
      if (replaceId === undefined) return void toast('Nothing was replaced', { description })
      toast.success(`${countOf(replaced, 'place')} replaced in ${countOf(files, 'file')}`, {
        description,
        duration: 12_000,
        action: { label: 'Undo', onClick: () => void undo(replaceId) },
      })
    },
  }
}
