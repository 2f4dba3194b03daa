import { z } from 'zod'
import { bytes, command, id } from './command.ts'
import { limits } from './limits.ts'
import { reactionKinds } from './review.ts'

const body = z.string().max(limits.commentLength)
const written = body.trim().min(1)
const suggestion = z.strictObject({ text: z.string().max(limits.commentLength) })

/** A comment's id is the tab's: sent again after a lost answer, it is the same comment. */
const newComment = {
  commentId: id,
  /** May be empty beside a suggestion. */
  body,
  suggestion: suggestion.optional(),
  /** Part of one's own review, shown to others only when that is submitted. */
  pending: z.boolean(),
}

/** Review: threads about lines and files, and reviews that hold many comments. */
export const reviewCommands = {
  /** Without an anchor (encoded Y.RelativePositions of any place in the lines) it is about the file. */
  'thread.create': command(
    'reviewer',
    z.strictObject({
      fileId: id,
      anchor: z.strictObject({ start: bytes(limits.positionBytes), end: bytes(limits.positionBytes) }).optional(),
      ...newComment,
    }),
  ).replies<{ threadId: string }>(),
  'thread.reply': command('reviewer', z.strictObject({ threadId: id, ...newComment })).replies<Record<string, never>>(),
  /** `accept`, `dismiss`: of a thread that the assistant suggested. Whoever began the thread, and editors, resolve it. */
  'thread.decide': command(
    'reviewer',
    z.strictObject({ threadId: id, decision: z.enum(['resolve', 'reopen', 'accept', 'dismiss']) }),
  ).replies<Record<string, never>>(),

  'comment.edit': command('reviewer', z.strictObject({ commentId: id, body: written })).replies<Record<string, never>>(),
  'comment.delete': command('reviewer', z.strictObject({ commentId: id })).replies<Record<string, never>>(),
  'comment.react': command(
    'reviewer',
    z.strictObject({ commentId: id, reaction: z.enum(reactionKinds), on: z.boolean() }),
  ).replies<Record<string, never>>(),
  /** Earlier versions, oldest first. */
  'comment.history': command('viewer', z.strictObject({ commentId: id })).replies<{
    versions: { body: string; writtenAt: number }[]
  }>(),

  /** Puts the suggested lines in the place of the thread's, merged with what was written there meanwhile. */
  'suggestion.apply': command('editor', z.strictObject({ commentId: id })).replies<Record<string, never>>(),

  /** Shows one's own pending comments to everyone at once. */
  'review.submit': command(
    'reviewer',
    z.strictObject({ verdict: z.enum(['comment', 'approve', 'request_changes']), body }),
  ).replies<{ reviewId: string }>(),
  'review.discard': command('reviewer', z.strictObject({})).replies<Record<string, never>>(),
  'review.request': command('reviewer', z.strictObject({ participantId: id, on: z.boolean() })).replies<
    Record<string, never>
  >(),
  /** Hands a thread to the assistant: a turn in the chat, to which the thread leads. For reviewers only where the owner allows it. */
  'thread.ask': command('reviewer', z.strictObject({ threadId: id })).replies<{ turnId: string }>(),
  /** The assistant's remarks about these files, or about what changed in them since a base, become threads that people accept or dismiss. */
  'review.ask': command(
    'reviewer',
    z.strictObject({ fileIds: z.array(id).min(1).max(limits.referencesPerPrompt), since: id.optional() }),
  ).replies<{ turnId: string }>(),
  'review.allow-asking': command('owner', z.strictObject({ reviewersMayAsk: z.boolean() })).replies<Record<string, never>>(),
  'file.view': command('viewer', z.strictObject({ fileId: id, viewed: z.boolean() })).replies<Record<string, never>>(),
} as const
