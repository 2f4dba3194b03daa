import { zip, type AsyncZippable } from 'fflate'
import type { PickedFile } from './dropped-files.ts'

/** Packs files into one zip; compresses in workers, so the page stays responsive. Rejects when a file cannot be read. */
export async function zipFiles(files: PickedFile[], signal: AbortSignal): Promise<Blob> {
  const content: AsyncZippable = {}
  for (const { path, file } of files) {
    signal.throwIfAborted()
    content[path] = new Uint8Array(await file.arrayBuffer())
  }
  return new Promise((resolve, reject) => {
    const stop = zip(content, { level: 1 }, (error, bytes) => {
      if (error) reject(error)
      else resolve(new Blob([bytes as BlobPart], { type: 'application/zip' }))
    })
    signal.addEventListener('abort', () => {
      stop()
      reject(new DOMException('stopped', 'AbortError'))
    })
  })
}
