import { ImportPlan, isIgnoredFolder, type PlanRefusal } from './import-plan.ts'

export type PickedFile = { path: string; file: File }
export type Picked =
  | { type: 'zip'; name: string; file: File }
  /** `folder`: that the paths are relative to, where it was one folder. */
  | { type: 'files'; name: string; folder?: string; files: PickedFile[]; plan: ImportPlan }
  | { type: 'refused'; reason: PlanRefusal | 'not_a_zip' | 'unreadable'; counted: number }
  | { type: 'stopped' }

type Progress = { signal: AbortSignal; onFile(files: number): void }

const archive = /\.(7z|bz2|gz|rar|tar|tgz|xz|zst)$/i

/** Reads what was dropped: one zip, one folder, or several of either's parts. Call it in the drop event's own tick. */
export async function readDrop(items: DataTransferItemList, progress: Progress): Promise<Picked> {
  // Entries are only there during the event, so they are taken before anything is awaited.
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const [only] = entries
  try {
    if (only?.isFile && entries.length === 1) return await pickFiles([await fileOf(only as FileSystemFileEntry)], progress)
    const plan = new ImportPlan()
    const files: PickedFile[] = []
    const single = entries.length === 1 && only?.isDirectory ? only : undefined
    const roots = single ? await childrenOf(single as FileSystemDirectoryEntry) : entries
    const ended = await walk(roots, '', { plan, files, progress })
    if (ended) return ended
    return finish(single?.name, files, plan)
  } catch {
    return { type: 'refused', reason: 'unreadable', counted: 0 }
  }
}

/** Reads what a file input holds: a zip, files, or (with `webkitdirectory`) a folder's files. */
export async function pickFiles(list: File[], progress: Progress): Promise<Picked> {
  const [only] = list
  if (only && list.length === 1 && !only.webkitRelativePath) {
    if (/\.zip$/i.test(only.name)) {
      const isZip = await startsLikeZip(only)
      return isZip
        ? { type: 'zip', name: only.name.replace(/\.zip$/i, ''), file: only }
        : { type: 'refused', reason: 'not_a_zip', counted: 1 }
    }
    if (archive.test(only.name)) return { type: 'refused', reason: 'not_a_zip', counted: 1 }
  }
  const plan = new ImportPlan()
  const files: PickedFile[] = []
  const folder = only?.webkitRelativePath.split('/')[0]
  for (const file of list) {
    const path = file.webkitRelativePath ? file.webkitRelativePath.split('/').slice(1).join('/') : file.name
    const ended = take({ path, file }, { plan, files, progress })
    if (ended) return ended
  }
  return finish(folder, files, plan)
}

type Reading = { plan: ImportPlan; files: PickedFile[]; progress: Progress }

async function walk(entries: FileSystemEntry[], prefix: string, reading: Reading): Promise<Picked | undefined> {
  for (const entry of entries) {
    if (reading.progress.signal.aborted) return { type: 'stopped' }
    const path = prefix + entry.name
    if (entry.isFile) {
      const ended = take({ path, file: await fileOf(entry as FileSystemFileEntry) }, reading)
      if (ended) return ended
    } else if (isIgnoredFolder(entry.name)) {
      reading.plan.skipFolder(path)
    } else {
      const ended = await walk(await childrenOf(entry as FileSystemDirectoryEntry), `${path}/`, reading)
      if (ended) return ended
    }
  }
  return undefined
}

function take(picked: PickedFile, { plan, files, progress }: Reading): Picked | undefined {
  const verdict = plan.consider({ path: picked.path, bytes: picked.file.size })
  if (verdict === 'skip') return undefined
  if (verdict !== 'take') return { type: 'refused', reason: verdict, counted: plan.files }
  files.push(picked)
  progress.onFile(files.length)
  return undefined
}

function finish(folder: string | undefined, files: PickedFile[], plan: ImportPlan): Picked {
  if (files.length === 0) return { type: 'refused', reason: 'nothing_to_import', counted: 0 }
  return { type: 'files', name: folder ?? 'Imported files', ...(folder !== undefined && { folder }), files, plan }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** A reader answers with at most 100 entries at a time, and with none when it is through. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return children
    children.push(...some)
  }
}

/** Local file header, or the end record of an empty archive. */
async function startsLikeZip(file: File): Promise<boolean> {
  const [p, k, third, fourth] = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
}
