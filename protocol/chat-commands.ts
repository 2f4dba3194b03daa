import { z } from 'zod'
import type { Message, MessagePage } from './chat.ts'
import { command, id } from './command.ts'
import { limits } from './limits.ts'

const body = z.string().trim().min(1).max(limits.messageLength)

/** Messages between people, without the assistant. */
export const chatCommands = {
  /** The sender chooses the id, so that sending again what may have arrived is harmless. */
  'message.send': command('reviewer', z.strictObject({ messageId: id, body })).replies<Message>(),
  /** One's own. */
  'message.edit': command('reviewer', z.strictObject({ messageId: id, body })).replies<Message>(),
  /** One's own, or as the owner anybody's. */
  'message.delete': command('reviewer', z.strictObject({ messageId: id })).replies<Message>(),
  /** Those right before the message with that number. */
  'messages.older': command('viewer', z.strictObject({ before: z.number().int().positive() })).replies<MessagePage>(),
} as const
