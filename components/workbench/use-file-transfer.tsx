'use client'

import { pickFiles, readDrop, type Picked } from '#landing/dropped-files.ts'
import type { BaseId } from '#protocol/bases.ts'
import { ExportPatchDialog } from '#review/export-patch-dialog.tsx'
import { chooseFiles } from '#ui/choose-files.ts'
import type { MenuEntry } from '#ui/menu.tsx'
import { toast } from '#ui/toast.tsx'
import { Download, FileDiff, FilePlus, FolderPlus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { AddFilesDialog } from './add-files-dialog.tsx'
import { patchPath, patchRefusal } from './patch-download.ts'

export type FileTransfer = {
  pickFiles(folder: string): void
  pickFolder(folder: string): void
  dropFiles(items: DataTransferItemList, folder: string): void
  downloadFile(fileId: string): void
  downloadZip(): void
  /** Asks since when. */
  exportPatch(): void
  downloadPatch(baseId: BaseId): void
  menu: MenuEntry[]
  dialog: ReactNode
}

/** What comes into the session as files and leaves it as files. */
export function useFileTransfer(sessionId: string, canEdit: boolean): FileTransfer {
  const [picked, setPicked] = useState<{ what: Picked; folder: string } | undefined>(undefined)
  const [exporting, setExporting] = useState(false)
  const base = `/api/sessions/${sessionId}`

  const read = async (reading: Promise<Picked>, folder: string) => {
    const what = await reading
    if (what.type !== 'stopped') setPicked({ what, folder })
  }
  const progress = { signal: new AbortController().signal, onFile: () => {} }
  const ask = (folder: string, many: 'files' | 'folder') => {
    if (canEdit) chooseFiles({ many }, (files) => void read(pickFiles(files, progress), folder))
  }

  const pickInto = (folder: string) => ask(folder, 'files')
  const pickFolder = (folder: string) => ask(folder, 'folder')
  const downloadZip = () => download(`${base}/zip`)
  const sendPatch = async (baseId: BaseId) => {
    const path = patchPath(sessionId, baseId)
    const refusal = await patchRefusal(path)
    if (refusal === undefined) download(path)
    else toast.error(refusal.title, { description: refusal.description })
  }
  const downloadPatch = (baseId: BaseId) => void sendPatch(baseId)
  const exportPatch = () => setExporting(true)
  const size = 14
  const bringIn: MenuEntry[] = [
    { type: 'item', label: 'Add files or a zip…', icon: <FilePlus size={size} aria-hidden />, onSelect: () => pickInto('') },
    { type: 'item', label: 'Add a folder…', icon: <FolderPlus size={size} aria-hidden />, onSelect: () => pickFolder('') },
    { type: 'separator' },
  ]
  return {
    pickFiles: pickInto,
    pickFolder,
    dropFiles: (items, folder) => void read(readDrop(items, progress), folder),
    downloadFile: (fileId) => download(`${base}/files/${fileId}`),
    downloadZip,
    exportPatch,
    downloadPatch,
    menu: [
      ...(canEdit ? bringIn : []),
      { type: 'item', label: 'Download as zip', icon: <Download size={size} aria-hidden />, onSelect: downloadZip },
      {
        type: 'item',
        label: 'Export changes as a patch…',
        icon: <FileDiff size={size} aria-hidden />,
        onSelect: exportPatch,
      },
    ],
    dialog: (
      <>
        {picked && (
          <AddFilesDialog
            sessionId={sessionId}
            picked={picked.what}
            folder={picked.folder}
            onClose={() => setPicked(undefined)}
          />
        )}
        {exporting && <ExportPatchDialog onExport={downloadPatch} onClose={() => setExporting(false)} />}
      </>
    ),
  }
}

function download(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.click()
}
