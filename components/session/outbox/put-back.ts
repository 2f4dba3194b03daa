import type { FailureCode, Result } from '#protocol/failures.ts'
import type { TreeChange } from '#protocol/tree.ts'
import type { ClientDocuments } from '../client-documents.ts'
import { lineEdits, mergeBack } from './merge-back.ts'
import type { KeptCopy } from './outbox-database.ts'

/** Transactions with this origin are a person's own edits: pushed like typing, and taken back like typing. */
export const putBackOrigin = Symbol('put back')

export type PutBack =
  | { result: 'done'; fileId: string }
  /** Somebody has changed the same lines since. Nothing was changed. */
  | { result: 'conflict' }
  | { result: 'failed'; code: FailureCode }

type PutBackOptions = {
  documents: ClientDocuments
  isThere(fileId: string): boolean
  createFile(path: string): Promise<Result<TreeChange>>
  /** `merge`: only what the person changed. `replace`: the whole text, whatever stands there. */
  how: 'merge' | 'replace'
}

/** Writes a kept copy into its file, or into a new one where that is gone, as an edit of the person. */
export async function putBack(copy: KeptCopy, { documents, isThere, createFile, how }: PutBackOptions): Promise<PutBack> {
  const target = isThere(copy.fileId) ? copy.fileId : await made(copy.path, createFile)
  if (typeof target !== 'string') return { result: 'failed', code: target.code }
  const document = await documents.whenOpen(target)
  if (document.status.state !== 'open') {
    return { result: 'failed', code: document.status.state === 'refused' ? document.status.reason : 'unavailable' }
  }
  const now = document.text.toString()
  const merged = how === 'replace' || target !== copy.fileId ? copy.text : mergeBack(copy.stored ?? now, copy.text, now)
  if (merged === undefined) return { result: 'conflict' }
  document.doc.transact(() => {
    for (const { offset, length, text } of lineEdits(now, merged)) {
      document.text.delete(offset, length)
      document.text.insert(offset, text)
    }
  }, putBackOrigin)
  return { result: 'done', fileId: target }
}

/** At its old path, or beside what stands there now. */
async function made(path: string, createFile: PutBackOptions['createFile']): Promise<string | { code: FailureCode }> {
  for (const candidate of [path, besides(path)]) {
    const answer = await createFile(candidate)
    const file = answer.ok ? answer.value.changed[0] : undefined
    if (file !== undefined) return file.fileId
    if (answer.ok) return { code: 'internal' }
    if (answer.error.code !== 'path_taken') return answer.error
  }
  return { code: 'path_taken' }
}

/** `src/game.ts` → `src/game.kept.ts` */
function besides(path: string): string {
  const [, stem = path, extension = ''] = /^(.*?[^/])(\.[^./]+)?$/.exec(path) ?? []
  return `${stem}.kept${extension}`
}
