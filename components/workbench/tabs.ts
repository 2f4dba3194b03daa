/** The open files of the editor, by file id, and those closed last (newest first). */
export type Tabs = { open: string[]; active: string | null; closed: string[] }

export const noTabs: Tabs = { open: [], active: null, closed: [] }

const rememberedClosings = 20

/** Opens a file and shows it; in the `background` it only gets a tab, unless nothing is shown. */
export function openTab(tabs: Tabs, fileId: string, background = false): Tabs {
  const known = tabs.open.includes(fileId)
  const active = background && tabs.active !== null ? tabs.active : fileId
  if (known && active === tabs.active) return tabs
  const place = tabs.active === null ? tabs.open.length : tabs.open.indexOf(tabs.active) + 1
  const open = known ? tabs.open : background ? [...tabs.open, fileId] : tabs.open.toSpliced(place, 0, fileId)
  return { open, active, closed: tabs.closed.filter((other) => other !== fileId) }
}

/** Closes a tab; its right neighbour is shown instead, else its left one. */
export function closeTab(tabs: Tabs, fileId: string): Tabs {
  const place = tabs.open.indexOf(fileId)
  if (place < 0) return tabs
  const open = tabs.open.toSpliced(place, 1)
  const active = tabs.active === fileId ? (open[place] ?? open[place - 1] ?? null) : tabs.active
  return { open, active, closed: [fileId, ...tabs.closed].slice(0, rememberedClosings) }
}

export function closeOtherTabs(tabs: Tabs, fileId: string): Tabs {
  return tabs.open.filter((other) => other !== fileId).reduce(closeTab, { ...tabs, active: fileId })
}

export function reopenTab(tabs: Tabs): Tabs {
  const [fileId] = tabs.closed
  return fileId === undefined ? tabs : openTab(tabs, fileId)
}

/** Shows the tab that many places to the right, around the end. */
export function stepTab(tabs: Tabs, places: number): Tabs {
  if (tabs.active === null || tabs.open.length < 2) return tabs
  const place = (tabs.open.indexOf(tabs.active) + places + tabs.open.length) % tabs.open.length
  return { ...tabs, active: tabs.open[place] ?? tabs.active }
}

/** Without the tabs of files that are gone. */
export function keepTabs(tabs: Tabs, exists: (fileId: string) => boolean): Tabs {
  if (tabs.open.every(exists) && tabs.closed.every(exists)) return tabs
  const kept = tabs.open.filter((fileId) => !exists(fileId)).reduce(closeTab, tabs)
  return { ...kept, closed: kept.closed.filter(exists) }
}

/** The shortest name by which each open path can be told from the others: its last segment, with its folder where two share it. */
export function tabLabels(paths: string[]): { name: string; folder?: string }[] {
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
  return paths.map((path) => {
    const name = nameOf(path)
    const shared = paths.some((other) => other !== path && nameOf(other) === name)
    return shared ? { name, folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '/' } : { name }
  })
}

/** Element id of what the selected tab shows. */
export const editorPanelId = 'editor-panel'
