'use client'

import { useSession } from '#session/session-provider.tsx'
import { typingWording } from './typing-wording.ts'

/** Who writes a message at this moment. Keeps its line, so that nothing jumps. */
export function TypingLine() {
  const sentence = useSession(({ people, participants, you }) => {
    const writing = people.filter(({ state, participantId }) => state === 'messaging' && participantId !== you?.participantId)
    const nameOf = (id: string) => participants.find(({ participantId }) => participantId === id)?.name
    return typingWording(writing.flatMap(({ participantId }) => nameOf(participantId) ?? []))
  })
  return <p className="h-4 shrink-0 truncate px-4 text-small text-text-3">{sentence}</p>
}
