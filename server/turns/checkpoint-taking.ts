import { isFileGone, type Documents } from '#documents/documents.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Store, TurnRecord } from '#store/store.ts'

/** A file's text at a seq of its document. */
export type TextAtSeq = { file: FileNode; text: string; seq: number }

/**
 * Writes down the state of all files before a turn changes any; durable when it resolves. What the model was shown is the checkpoint's
 * text of those files. Of the others the stored text counts, except where their document has gone on since: that is read now.
 */
export async function takeCheckpoint(
  { store, documents }: { store: Store; documents: Documents },
  { turnId, sessionId }: TurnRecord,
  { files, shown }: { files: readonly FileNode[]; shown: readonly TextAtSeq[] },
): Promise<void> {
  const behind = new Set((await store.fileVersions(sessionId)).flatMap((now) => (now.headSeq > now.seq ? now.fileId : [])))
  for (const { file } of shown) behind.delete(file.fileId)
  const read = await readTexts(
    documents,
    files.filter(({ fileId }) => behind.has(fileId)),
  )
  await store.saveCheckpoint(turnId, [...shown, ...read])
}

/** The committed texts of files; those that were deleted meanwhile are left out. */
export async function readTexts(documents: Documents, files: readonly FileNode[]): Promise<TextAtSeq[]> {
  const read = await Promise.all(
    files.map(async (file) => {
      try {
        return [{ file, ...(await documents.text(file.fileId)) }]
      } catch (error) {
        if (isFileGone(error)) return []
        throw error
      }
    }),
  )
  return read.flat()
}
