import { filePatch, type PatchSide } from './file-patch.ts'
import { answerJobs } from '#threads/answer-jobs.ts'

export type PatchJob = { before?: PatchSide; after?: PatchSide }

answerJobs<PatchJob, string>(({ before, after }) => filePatch(before, after))
