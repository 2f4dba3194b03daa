import { performance } from 'node:perf_hooks'
import { similarPlace } from '#edits/similar-place.ts'
import { answerJobs } from '#threads/answer-jobs.ts'
import type { SimilarPlace } from './similarity-search.ts'

export type SimilarityJob = { text: string; oldLines: readonly string[]; newLines: readonly string[]; longestMs: number }

answerJobs<SimilarityJob, SimilarPlace | undefined>(({ text, oldLines, newLines, longestMs }) => {
  const deadline = performance.now() + longestMs
  return similarPlace(text, oldLines, newLines, () => performance.now() > deadline)
})
