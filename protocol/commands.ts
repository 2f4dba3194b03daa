import { baseCommands } from './bases.ts'
import { z } from 'zod'
import { chatCommands } from './chat-commands.ts'
import { bytes, command, id, name, offset } from './command.ts'
import { documentCommands } from './document-commands.ts'
import { limits } from './limits.ts'
import { presenceCommands } from './presence-commands.ts'
import { queueCommands } from './queue-commands.ts'
import { reviewCommands } from './review-commands.ts'
import type { SessionSnapshot } from './sessions.ts'
import { sharingCommands } from './sharing-commands.ts'
import { treeCommands } from './tree-commands.ts'

const reference = z.strictObject({
  fileId: id,
  fromLine: z.number().int().positive().optional(),
  toLine: z.number().int().positive().optional(),
})

const cursor = z.strictObject({ turnId: id, text: offset, reasoning: offset, marks: offset })

/**
 * Every message a browser may send over the socket. Types, handlers, acks and the table in README.md derive from it.
 */
export const commands = {
  /** First command on a connection and after every reconnect; `cursors` name what the tab already has of running turns. */
  'session.join': command(
    'viewer',
    z.strictObject({ sessionId: id, cursors: z.array(cursor).max(20) }),
  ).replies<SessionSnapshot>(),
  'session.rename': command('owner', z.strictObject({ name })).replies<Record<string, never>>(),
  'session.choose-model': command('editor', z.strictObject({ backendId: id, model: z.string().min(1).max(200) })).replies<
    Record<string, never>
  >(),

  ...documentCommands,

  ...treeCommands,

  /** `redirect` names one's own running turn, which ends as `redirected`. */
  'turn.start': command(
    'editor',
    z.strictObject({
      prompt: z.string().trim().min(1).max(limits.promptLength),
      references: z.array(reference).max(limits.referencesPerPrompt),
      openFileIds: z.array(id).max(limits.openDocuments),
      redirect: id.optional(),
    }),
  ).replies<{ turnId: string }>(),
  /** A turn that runs; one that waits only where `turn.remove` may take it away. */
  'turn.stop': command('editor', z.strictObject({ turnId: id })).replies<Record<string, never>>(),
  /**
   * `retry`: takes back what an ended turn left undecided and asks the same again. `continue`: asks the model to go on from where
   * it was cut off.
   */
  'turn.again': command('editor', z.strictObject({ turnId: id, how: z.enum(['retry', 'continue']) })).replies<{
    turnId: string
  }>(),

  ...queueCommands,
  ...chatCommands,

  /** Asks for one block that replaces a selection (encoded Y.RelativePositions); one per person at a time, beside the chat's turns. */
  'turn.inline': command(
    'editor',
    z.strictObject({
      fileId: id,
      start: bytes(limits.positionBytes),
      end: bytes(limits.positionBytes),
      prompt: z.string().trim().min(1).max(limits.promptLength),
    }),
  ).replies<{ turnId: string }>(),

  /**
   * Decides hunks; one transaction per document. `accept` takes settled hunks, `reject` those and proposals, `revert` also accepted
   * ones, `redo` those that were rejected or reverted. Hunks that cannot be decided that way are told back, not an error.
   */
  'hunks.decide': command(
    'editor',
    z.strictObject({
      hunkIds: z.array(id).min(1).max(5_000),
      decision: z.enum(['accept', 'reject', 'revert', 'redo']),
    }),
  ).replies<{ decided: string[]; skipped: string[] }>(),
  /** Applies a proposal at one of its candidates, whatever stands there now; not while the model is asked to write it again. */
  'hunks.apply': command('editor', z.strictObject({ hunkId: id, candidate: z.number().int().nonnegative() })).replies<
    Record<string, never>
  >(),

  /** Brings files, chat or both back to what they were before a turn. What people wrote since stays; what cannot be kept apart is told. */
  'checkpoint.restore': command('editor', z.strictObject({ turnId: id, files: z.boolean(), chat: z.boolean() })).replies<{
    /** Paths, as they are now, of what was changed back. */
    restored: string[]
    /** Files that were left, or restored without something. */
    kept: { path: string; why: 'edited_since' | 'path_taken' | 'not_stored' }[]
    rolledBack: string[]
  }>(),

  ...presenceCommands,
  ...reviewCommands,
  ...baseCommands,
  ...sharingCommands,
} as const

type Commands = typeof commands
export type Command = keyof Commands
export type Payload<C extends Command> = z.output<Commands[C]['payload']>
export type Reply<C extends Command> = Commands[C]['reply']

export const commandNames = Object.keys(commands) as Command[]
