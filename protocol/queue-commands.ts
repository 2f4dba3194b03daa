import { z } from 'zod'
import { command, id } from './command.ts'

/** What can be done with prompts that wait for the turn before them. */
export const queueCommands = {
  /** Runs a turn that waits right before or right after another one that waits. */
  'turn.move': command(
    'editor',
    z
      .strictObject({ turnId: id, before: id.optional(), after: id.optional() })
      .refine(({ before, after }) => (before === undefined) !== (after === undefined), 'either before or after'),
  ).replies<Record<string, never>>(),
  /** Takes a turn that waits out of the queue: one's own, or as the owner anybody's. */
  'turn.remove': command('editor', z.strictObject({ turnId: id })).replies<Record<string, never>>(),
} as const
