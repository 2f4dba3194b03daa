import { answerJobs } from '#threads/answer-jobs.ts'
import { changedLines, type ChangedLines } from './changed-lines.ts'

export type LineCountJob = { before: string; now: string }

answerJobs<LineCountJob, ChangedLines | undefined>(({ before, now }) => changedLines(before, now))
