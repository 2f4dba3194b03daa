'use client'

import { systemClock } from '#session/clock.ts'
import { useEffect, useState } from 'react'
import { LookedHunks } from './looked-hunks.ts'
import { tabStorage } from './looked-storage.ts'

/** What this person has looked at in a session; `editorVisible`: whether the workbench shows the editor at all. */
export function useLookedHunks(sessionId: string, editorVisible: boolean): LookedHunks {
  const [looked] = useState(() => new LookedHunks({ clock: systemClock, storage: tabStorage(sessionId) }))
  useEffect(() => {
    const follow = () => looked.setVisible(editorVisible && !document.hidden)
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => document.removeEventListener('visibilitychange', follow)
  }, [looked, editorVisible])
  useEffect(() => () => looked.close(), [looked])
  return looked
}
