import { isFileGone, type Documents } from '#documents/documents.ts'
import type { SkippedFile } from '#protocol/http.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Store } from '#store/store.ts'
import { importZip, type ImportedFile } from './import-zip.ts'
import { SessionFailure, type Sessions } from './sessions.ts'
import { editTextAs } from './text-edit-as.ts'

/** Brings the files of a zip into a session that has files already. */
export function sessionImport({
  store,
  documents,
  ids,
  tree,
}: {
  store: Store
  documents: Documents
  ids: () => string
  tree: Pick<Sessions, 'addFile' | 'addFiles' | 'changeTree'>
}): Pick<Sessions, 'importInto'> {
  /** A text keeps its id, its history and who looks at it; only what differs is written, as the person who brought it. */
  async function replaceText(fileId: string, participantId: string, { bytes }: ImportedFile): Promise<void> {
    const after = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    await editTextAs({ documents, newPushId: ids }, { fileId, participantId }, async (text) => {
      const before = text.toString()
      return before === after ? [] : [difference(before, after)]
    })
  }

  return {
    async importInto(sessionId, participantId, zip, { folder, onConflict, keepFolder }) {
      const imported = await importZip(zip, { keepFolder })
      if (imported.files.length === 0) throw new SessionFailure('nothing_to_import')
      const given = imported.files.map((file) => ({ ...file, path: folder === '' ? file.path : `${folder}/${file.path}` }))
      const { added, taken, refused } = await tree.addFiles(sessionId, given, onConflict === 'both' ? 'beside' : 'tell')
      const skipped: SkippedFile[] = [...imported.skipped, ...refused]
      if (onConflict !== 'replace') {
        return {
          added,
          replaced: 0,
          skipped: [...skipped, ...taken.map(({ path }) => ({ path, reason: 'path_taken' as const }))],
        }
      }
      let replaced = 0
      const byPath = new Map(given.map((file) => [file.path, file]))
      for (const { fileId, path } of taken) {
        const existing = await store.file(sessionId, fileId)
        const file = byPath.get(path)
        if (existing === undefined || file === undefined) continue
        try {
          await replaceFile(sessionId, participantId, existing, file)
          replaced += 1
        } catch (error) {
          // Renamed or deleted meanwhile; what came in is not forced upon that.
          if (!(error instanceof SessionFailure || isFileGone(error))) throw error
          skipped.push({ path, reason: 'path_taken' })
        }
      }
      return { added, replaced, skipped }
    },
  }

  async function replaceFile(sessionId: string, participantId: string, existing: FileNode, file: ImportedFile): Promise<void> {
    if (existing.kind === 'text' && file.kind === 'text') return replaceText(existing.fileId, participantId, file)
    // What is no text on one side has no document: another file takes the place.
    await tree.changeTree(sessionId, { type: 'deleteFile', fileId: existing.fileId })
    await tree.addFile(sessionId, existing.path, file)
  }
}

/** The smallest stretch that makes `after` of `before`, never cutting through a surrogate pair. */
function difference(before: string, after: string): { start: number; end: number; text: string } {
  const most = Math.min(before.length, after.length)
  const isPair = (text: string, at: number) => /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1))
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1
  if (isPair(before, start) || isPair(after, start)) start -= 1
  let end = 0
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1
  if (isPair(before, before.length - end) || isPair(after, after.length - end)) end -= 1
  return { start, end: before.length - end, text: after.slice(start, after.length - end) }
}
