import { z } from 'zod'
import { limits } from './limits.ts'
import type { Role } from './roles.ts'
import type { FileNode, SessionSnapshot } from './sessions.ts'

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const path = z.string().min(1).max(limits.pathLength)
const bytes = (max: number) => z.instanceof(Uint8Array).refine((value) => value.byteLength <= max, 'too large')
const name = z.string().trim().min(1).max(limits.nameLength)
const offset = z.number().int().nonnegative()

const reference = z.strictObject({
  fileId: id,
  fromLine: z.number().int().positive().optional(),
  toLine: z.number().int().positive().optional(),
})

const cursor = z.strictObject({ turnId: id, text: offset, reasoning: offset, marks: offset })

/** Declares a command: the least role that may use it, its payload, and (as a type only) its reply. */
function command<Payload extends z.ZodType>(role: Role, payload: Payload) {
  return { role, payload, replies: <Reply>() => ({ role, payload, reply: undefined as unknown as Reply }) }
}

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

  /** Issues a client id for a new Y.Doc (`clientId` absent) or continues one after a reconnect (`clientId` given). */
  'document.open': command(
    'viewer',
    z.strictObject({
      fileId: id,
      clientId: z.number().int().nonnegative().optional(),
      stateVector: bytes(1_000_000).optional(),
    }),
  ).replies<{ fileId: string; clientId: number; seq: number; update: Uint8Array }>(),
  'document.close': command('viewer', z.strictObject({ fileId: id })).replies<Record<string, never>>(),
  'document.push': command('editor', z.strictObject({ fileId: id, pushId: id, update: bytes(limits.pushBytes) })).replies<{
    seq: number
  }>(),

  'file.create': command('editor', z.strictObject({ path })).replies<FileNode>(),
  'file.rename': command('editor', z.strictObject({ fileId: id, path })).replies<FileNode>(),
  'file.delete': command('editor', z.strictObject({ fileId: id })).replies<Record<string, never>>(),
  'folder.rename': command('editor', z.strictObject({ from: path, to: path })).replies<{ files: FileNode[] }>(),
  'folder.delete': command('editor', z.strictObject({ path })).replies<{ fileIds: string[] }>(),

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
  'turn.stop': command('editor', z.strictObject({ turnId: id })).replies<Record<string, never>>(),
  /**
   * `retry`: takes back what an ended turn left undecided and asks the same again. `continue`: asks the model to go on from where
   * it was cut off.
   */
  'turn.again': command('editor', z.strictObject({ turnId: id, how: z.enum(['retry', 'continue']) })).replies<{
    turnId: string
  }>(),

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
} as const

type Commands = typeof commands
export type Command = keyof Commands
export type Payload<C extends Command> = z.output<Commands[C]['payload']>
export type Reply<C extends Command> = Commands[C]['reply']

export const commandNames = Object.keys(commands) as Command[]
