import type { Hunk } from '#protocol/hunks.ts'
import type { Turn } from '#protocol/turns.ts'
import { publicHunk } from '#turns/roll-back.ts'
import { viewOf } from '#turns/turn-snapshot.ts'
import type { Person } from './person.ts'
import type { World } from './world.ts'

/** [I8] Everybody who may look reads of every turn exactly what is stored, and sees the same hunks. */
export async function turnsDiffer(world: World, present: readonly Person[]): Promise<string[]> {
  const turns = (await world.store.turns(world.sessionId)).map(viewOf)
  const hunks = (await world.store.hunks(world.sessionId)).map(publicHunk)
  return present.flatMap((person) => {
    const { number, client } = person
    const own = client.store.read()
    return [
      ...differences(`the turns of person ${number}`, own.turns.map(factsOf), turns.map(factsOf)),
      ...turns.flatMap((turn) => logsDiffer(person, turn)),
      ...differences(`which hunks person ${number} knows`, Object.keys(own.hunks).toSorted(), idsOf(hunks)),
      ...hunks.flatMap((hunk) => differences(`${hunk.hunkId} of person ${number}`, own.hunks[hunk.hunkId], hunk)),
      ...differences(`where the assistant writes for person ${number}`, own.writeHeads, {}),
    ]
  })
}

/** [I8] After a restart: nothing runs any more, and what ran when a process ended has ended as `interrupted`. */
export async function turnsRunOn(world: World): Promise<string[]> {
  const turns = await world.store.turns(world.sessionId)
  return turns.flatMap(({ turnId, status, reason }) => {
    if (status !== 'ended') return [`[I8] ${turnId} is ${status} after a restart`]
    return world.cutOff.has(turnId) && reason !== 'interrupted' ? [`[I8] ${turnId} was cut off and ended as ${reason}`] : []
  })
}

function logsDiffer({ number, client }: Person, { turnId, text, reasoning, marks }: Turn): string[] {
  const log = client.turnLogs.of(turnId)
  const read = { text: log.read(), reasoning: log.readReasoning(), marks: log.marks }
  return differences(`${turnId} as person ${number} reads it`, read, { text, reasoning, marks })
}

/** What a tab and the store both know of a turn. When its turn came may not be stored where it was cut off. */
function factsOf({ turnId, number, kind, askedBy, prompt, status, reason, stoppedBy, failure, startedAt }: Facts): object {
  const began = reason === 'interrupted' ? {} : { startedAt }
  return { turnId, number, kind, askedBy, prompt, status, reason, stoppedBy, failure, ...began }
}
type Facts = Pick<Turn, 'turnId' | 'number' | 'kind' | 'askedBy' | 'prompt' | 'status' | 'startedAt'> & {
  [Fact in 'reason' | 'stoppedBy' | 'failure']?: Turn[Fact] | undefined
}

function idsOf(hunks: readonly Hunk[]): string[] {
  return hunks.map(({ hunkId }) => hunkId).toSorted()
}

function differences(what: string, own: unknown, stored: unknown): string[] {
  const [is, isStored] = [asJson(own), asJson(stored)]
  return is === isStored ? [] : [`[I8] ${what}: ${is}, but stored is ${isStored}`]
}

/** Keys in one order, bytes as numbers. */
function asJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (entry instanceof Uint8Array) return [...entry]
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry
    return Object.fromEntries(Object.entries(entry).toSorted(([one], [other]) => one.localeCompare(other)))
  })
}
