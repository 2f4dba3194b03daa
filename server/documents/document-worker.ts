import type { NewSnapshot, Snapshot, StoredDocument } from '#store/store.ts'
import { answerJobs } from '#threads/answer-jobs.ts'
import { compaction } from './compaction.ts'
import { slicedUpdate } from './sliced-update.ts'
import { checkSnapshot } from './stored-document.ts'

/** What would hold up everybody else if it were done in the event loop, one message each. */
export type DocumentWork = {
  compact: { given: StoredDocument; made: NewSnapshot }
  /** Fails where the snapshot is not what it says. */
  verify: { given: Snapshot; made: undefined }
  /** Of each update its slices. */
  slice: { given: Uint8Array[]; made: Uint8Array[][] }
}
export type WorkName = keyof DocumentWork

export type DocumentJob = { [Name in WorkName]: { name: Name; given: DocumentWork[Name]['given'] } }[WorkName]
export type DocumentAnswer = DocumentWork[WorkName]['made']

answerJobs<DocumentJob, DocumentAnswer>((job) => {
  switch (job.name) {
    case 'compact':
      return compaction(job.given)
    case 'verify':
      checkSnapshot(job.given)
      return undefined
    case 'slice':
      return job.given.map((update) => slicedUpdate(update))
  }
})
