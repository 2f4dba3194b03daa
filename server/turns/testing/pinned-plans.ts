import { plainFile, type EditPlan, type FilePlan } from './edit-plan.ts'

/** Plans that properties have failed for, each with what went wrong. */
function pinned(...files: Partial<FilePlan>[]): EditPlan {
  return {
    files: files.map((file) => ({ ...plainFile, blocks: [], ...file })),
    reads: [{ length: 20, frames: 0 }],
    typing: [],
  }
}

/** Given a second time, the deleted `line 3` was taken for `line 33`. */
export const lookalikeOfDeleted = pinned({
  blocks: [
    { gap: 3, changes: ['drop'] },
    { gap: 0, changes: Array.from({ length: 44 }, () => 'keep') },
  ],
})

/** A patch that ended a file without a final line feed by a blank line left that line out. */
export const blankLineAtUnterminatedEnd = pinned({
  lines: 0,
  isTerminated: false,
  format: 'patch',
  blocks: [{ gap: 0, changes: ['brace'] }],
})

/** A file without a final line feed got one when its last line was deleted, though not when it was replaced. */
export const lastUnterminatedLineDropped = pinned({
  lines: 0,
  isTerminated: false,
  blocks: [{ gap: 1, changes: ['drop'] }],
})

/** A created file was rejected while a later hunk of it still streamed, which then stayed unfinished for good. */
export const rejectedUnderStreamingHunk: EditPlan = {
  ...pinned({
    start: 'missing',
    lines: 0,
    blocks: [
      { gap: 0, changes: Array.from({ length: 42 }, (_, at) => (at === 11 ? 'brace' : 'keep')) },
      { gap: 0, changes: ['keep'] },
    ],
  }),
  reads: [
    { length: 310, frames: 0 },
    { length: 335, frames: 12 },
  ],
  decisions: [{ read: 3, hunk: 0, what: 'reject' }],
}

/** Nothing that is left to do. */
export const nothingMore = pinned()

/** What people had typed was found twice: in the file that came back, and in what an accepted, merged hunk of it says stood there. */
export const mergedAndDeleted: EditPlan = {
  ...pinned({
    lines: 0,
    blocks: [
      { gap: 0, changes: ['brace', 'keep'] },
      { gap: 0, changes: ['many'] },
    ],
    operation: 'delete',
  }),
  reads: [
    { length: 20, frames: 0 },
    { length: 41, frames: 1 },
  ],
  typing: [0.031, 0].map((where) => ({ read: 0, file: 0, where, kind: 'letter', late: false })),
  decisions: [{ read: 3, hunk: 0, what: 'accept' }],
}

export const deletionAccepted: EditPlan = { ...nothingMore, decisions: [{ read: 0, hunk: 2, what: 'accept' }] }
