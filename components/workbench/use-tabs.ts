'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { useEffect, useState } from 'react'
import { firstFiles } from './first-files.ts'
import { closeOtherTabs, closeTab, keepTabs, noTabs, openTab, reopenTab, stepTab, type Tabs } from './tabs.ts'

const storageKey = (sessionId: string) => `flint-tabs:${sessionId}`

/** Private windows and full disks make storage throw; tabs are then simply not remembered. */
function remembered(sessionId: string): Tabs | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(sessionId)) ?? 'null')
    if (stored === null || typeof stored !== 'object' || !('open' in stored) || !Array.isArray(stored.open)) return undefined
    const open = stored.open.filter((fileId) => typeof fileId === 'string')
    const active = 'active' in stored && typeof stored.active === 'string' ? stored.active : null
    return { open, active: active !== null && open.includes(active) ? active : (open[0] ?? null), closed: [] }
  } catch {
    return undefined
  }
}

function remember(sessionId: string, { open, active }: Tabs): void {
  try {
    localStorage.setItem(storageKey(sessionId), JSON.stringify({ open, active }))
  } catch {
    // Not remembered; nothing else depends on it.
  }
}

function initialTabs(sessionId: string, files: FileNode[]): Tabs {
  const before = remembered(sessionId)
  if (before) return before
  const first = firstFiles(files)
  if (!first) return noTabs
  return first.background.reduce((tabs, fileId) => openTab(tabs, fileId, true), openTab(noTabs, first.active))
}

/** The open files of this browser in a session, kept over reloads. Call it once the session's files are known. `onByHand`: the person changes them. */
export function useTabs(sessionId: string, files: FileNode[], onByHand: () => void) {
  const [chosen, setChosen] = useState<Tabs>(() => initialTabs(sessionId, files))
  const exists = (fileId: string) => files.some((file) => file.fileId === fileId)
  // A tab may be asked for a moment before the tree knows its file, so missing files are left out, not thrown out.
  const tabs = keepTabs(chosen, exists)
  const change = (next: (tabs: Tabs) => Tabs) => setChosen((now) => next(keepTabs(now, exists)))
  useEffect(() => remember(sessionId, tabs), [sessionId, tabs])
  const changeByHand = (next: (tabs: Tabs) => Tabs) => {
    onByHand()
    change(next)
  }
  return {
    tabs,
    /** Not the person's own doing: the assistant changed a file, or whom the view follows went there. */
    open: (fileId: string, background = false) => change((now) => openTab(now, fileId, background)),
    show: (fileId: string) => changeByHand((now) => openTab(now, fileId)),
    close: (fileId: string) => changeByHand((now) => closeTab(now, fileId)),
    closeOthers: (fileId: string) => changeByHand((now) => closeOtherTabs(now, fileId)),
    reopen: () => changeByHand(reopenTab),
    step: (places: number) => changeByHand((now) => stepTab(now, places)),
  }
}
