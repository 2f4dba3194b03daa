import { performance } from 'node:perf_hooks'
import { parentPort } from 'node:worker_threads'
import { similarPlace } from '#edits/similar-place.ts'
import type { SimilarPlace } from './similarity-search.ts'

export type ToSimilarityWorker = {
  id: number
  text: string
  oldLines: readonly string[]
  newLines: readonly string[]
  longestMs: number
}
export type FromSimilarityWorker = { id: number; place: SimilarPlace | undefined }

parentPort?.on('message', ({ id, text, oldLines, newLines, longestMs }: ToSimilarityWorker) => {
  const deadline = performance.now() + longestMs
  const place = similarPlace(text, oldLines, newLines, () => performance.now() > deadline)
  parentPort?.postMessage({ id, place } satisfies FromSimilarityWorker)
})
