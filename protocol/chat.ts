/**
 * What a person wrote to the others of a session. Markdown in which `<@ID>` stands for a participant, or for the assistant where the id
 * is `assistant`: whoever shows it writes the name that this participant has now.
 */
export type Message = {
  messageId: string
  /** 1, 2, … within the session. */
  number: number
  author: string
  /** Empty once it was deleted. */
  body: string
  /** Ms since the epoch, server clock; never before that of the message with the number before. */
  createdAt: number
  editedAt?: number
  deleted?: true
}

/** Consecutive messages, oldest first, and whether there are older ones. */
export type MessagePage = { messages: Message[]; hasOlder: boolean }

export type ChatEvents = {
  /** A message is new, was edited or was deleted: the whole of it, as it is now. */
  'message.changed': Message
}
