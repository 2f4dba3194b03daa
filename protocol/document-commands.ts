import { z } from 'zod'
import { bytes, command, id, offset } from './command.ts'
import type { DocumentRows, DocumentOpening } from './documents.ts'
import { limits } from './limits.ts'

const epoch = z.number().int().nonnegative()
const clientId = z.number().int().nonnegative()

/** What a tab asks about the text of files; `documents.ts` has the replies, README.md the rules. */
export const documentCommands = {
  /**
   * Issues a client id for a new Y.Doc (`clientId` absent) or continues one after a reconnect (`clientId` and `epoch` as they were given).
   * `epoch_changed` where the document is not a continuation of what the tab has.
   */
  'document.open': command(
    'viewer',
    z.strictObject({
      fileId: id,
      clientId: clientId.optional(),
      stateVector: bytes(limits.stateVectorBytes).optional(),
      epoch: epoch.optional(),
    }),
  ).replies<DocumentOpening>(),
  'document.close': command('viewer', z.strictObject({ fileId: id })).replies<Record<string, never>>(),
  'document.push': command(
    'editor',
    z.strictObject({ fileId: id, pushId: id, epoch, update: bytes(limits.pushBytes) }),
  ).replies<{ seq: number }>(),
  /** The rows after `afterSeq`, for a tab that missed some. */
  'document.rows': command('viewer', z.strictObject({ fileId: id, afterSeq: offset })).replies<DocumentRows>(),
  /** The tab holds something else than `document.head` told, at the same seq and with nothing unacknowledged. */
  'document.mismatch': command(
    'viewer',
    z.strictObject({ fileId: id, seq: offset, hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  ).replies<Record<string, never>>(),
  /**
   * Edits of a person whose role does not allow them any more, made while it did: they become proposals that editors decide. Idempotent
   * by `pushId`, answered after the commit.
   */
  'document.offer': command(
    'viewer',
    z.strictObject({ fileId: id, pushId: id, epoch, update: bytes(limits.pushBytes) }),
  ).replies<{ hunks: number }>(),
} as const
