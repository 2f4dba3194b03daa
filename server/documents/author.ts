import type { Author } from './documents.ts'

const assistantPrefix = 'assistant:'

/** How a log row and the reservation of a client id name an author. Participant ids hold no colon. */
export function authorKey(author: Author): string {
  return author.kind === 'participant' ? author.participantId : `${assistantPrefix}${author.turnId}`
}

export function authorOf(key: string): Author {
  return key.startsWith(assistantPrefix)
    ? { kind: 'assistant', turnId: key.slice(assistantPrefix.length) }
    : { kind: 'participant', participantId: key }
}
