import type { Presence } from '#protocol/presence.ts'

/** Where one person is, through whichever of their tabs they used last. Moves slowly enough to be part of the state. */
export type Whereabouts = Pick<Presence, 'participantId' | 'connectionId' | 'fileId' | 'following' | 'state'> & {
  /** 1-based; as the person's tab said it last. */
  line?: number
}

/** One per person who is here, in no particular order. Of oneself it is this tab, not another one. */
export function whereaboutsOf(present: Iterable<Presence>, ownConnectionId: string | null): Whereabouts[] {
  const byPerson = new Map<string, Presence>()
  for (const presence of present) {
    const known = byPerson.get(presence.participantId)
    if (known === undefined || prefers(presence, known, ownConnectionId)) byPerson.set(presence.participantId, presence)
  }
  return Array.from(byPerson.values(), ({ participantId, connectionId, fileId, following, state, line }) => ({
    participantId,
    connectionId,
    fileId,
    following,
    state,
    ...(line === undefined ? {} : { line }),
  }))
}

/** `later` was heard of after `known`. A tab in use goes before one that lies idle. */
function prefers(later: Presence, known: Presence, ownConnectionId: string | null): boolean {
  if (later.connectionId === ownConnectionId) return true
  if (known.connectionId === ownConnectionId) return false
  return later.state !== 'idle' || known.state === 'idle'
}

export function sameWhereabouts(one: Whereabouts[], other: Whereabouts[]): boolean {
  return one.length === other.length && one.every((person, index) => samePlace(person, other[index]))
}

function samePlace(one: Whereabouts, other: Whereabouts | undefined): boolean {
  return (
    one.connectionId === other?.connectionId &&
    one.fileId === other.fileId &&
    one.line === other.line &&
    one.state === other.state &&
    one.following === other.following
  )
}
