import { pino, type Logger } from 'pino'
import type { Result } from '#protocol/failures.ts'
import type { TurnFrame } from '#protocol/turns.ts'
import type { Role } from '#protocol/roles.ts'
import type { ClientDocument } from '#session/client-document.ts'
import type { Hear, ServerEnd } from './link.ts'
import type { Person } from './person.ts'
import type { VirtualTime } from './virtual-time.ts'

export type Acknowledged = { person: number; fileId: string; pushId: string; seq: number; update: Uint8Array }

/** After this time a role that was lowered holds everywhere, and who was removed is told nothing any more. */
const effectMs = 1_000
/** What a server may log in a world where the disk fails; anything else of that level is a bug. */
const expected = new Set([
  'the store failed a document',
  'a document was not compacted',
  'a session could not be served',
  'a turn failed',
  'the checkpoint of a turn was not stored',
  'the edits of a turn were not stored',
  'the text of a turn was not stored',
  'the end of a turn was not stored',
  'the place of a turn in its conversation was not stored',
  'an interrupted turn was not taken back',
])

/** Sees what everybody is told, and writes down whatever must never be. */
export class Witness {
  readonly violations: string[] = []
  readonly acknowledged: Acknowledged[] = []
  readonly log: Logger
  readonly #time: VirtualTime
  readonly #removedAt = new Map<number, number>()
  /** Of each turn, the longest text that anybody has read. */
  readonly #longest = new Map<string, string>()
  /** Since when somebody may only look. */
  readonly #readersSince = new Map<number, number>()

  constructor(time: VirtualTime) {
    this.#time = time
    this.log = pino(
      { level: 'error' },
      {
        write: (line: string) => {
          const { msg, err } = JSON.parse(line) as { msg: string; err?: { message?: string } }
          if (!expected.has(msg)) this.violations.push(`the server logged: ${msg} ${err?.message ?? ''}`)
        },
      },
    )
  }

  /** The server's end of a person's connection, which this witness hears as well. */
  beside(person: number, end: ServerEnd): ServerEnd {
    return {
      ...end,
      command: (name, payload, answer) => {
        const mayNotWrite = this.#isOnlyReader(person) && (name === 'document.push' || name.startsWith('file.'))
        if (name === 'document.mismatch') this.violations.push(`[I2] person ${person} held something else than the server`)
        end.command(name, payload, (result) => {
          if (mayNotWrite && result.ok && this.#isOnlyReader(person))
            this.violations.push(`[I5] ${name} of a reader was accepted`)
          answer(result)
        })
      },
    }
  }

  /** What goes over one link of a person. `lengthOf`: how much their tab has of a turn, in UTF-16 units. */
  hearing(person: number, lengthOf: (turnId: string) => number): Hear {
    /** How far each turn was sent since the tab joined. */
    const sent = new Map<string, number>()
    return (message) => {
      const { kind, name, given } = message
      if (kind === 'asked' && name === 'session.join') sent.clear()
      const removedAt = this.#removedAt.get(person)
      if (kind === 'told' && name !== 'access.changed' && removedAt !== undefined && this.#time.now() > removedAt + effectMs) {
        this.violations.push(`[I5] ${name} was told to person ${person} after their removal`)
      }
      if (name === 'turn.delta' && kind === 'told') this.#isSent(person, given as TurnFrame, sent)
      if (name === 'turn.delta' && kind === 'heard') this.#follows(person, given as TurnFrame, lengthOf)
      if (message.kind !== 'answered' || name !== 'document.push') return
      const result = given as Result<{ seq: number }>
      const { fileId, pushId, update } = message.asked as { fileId: string; pushId: string; update: Uint8Array }
      if (result.ok) this.acknowledged.push({ person, fileId, pushId, seq: result.value.seq, update })
    }
  }

  hasRole(person: number, role: Role): void {
    if (role === 'editor' || role === 'owner') this.#readersSince.delete(person)
    else if (!this.#readersSince.has(person)) this.#readersSince.set(person, this.#time.now())
  }

  #isOnlyReader(person: number): boolean {
    const since = this.#readersSince.get(person)
    return since !== undefined && this.#time.now() > since + effectMs
  }

  wasRemoved(person: number): void {
    this.#removedAt.set(person, this.#time.now())
  }

  /** What somebody reads of a turn begins as what everybody else has read of it. */
  reads({ number, client }: Person): void {
    for (const { turnId } of client.store.read().turns) {
      const text = client.turnLogs.of(turnId).read()
      const longest = this.#longest.get(turnId) ?? ''
      if (text.startsWith(longest)) this.#longest.set(turnId, text)
      else if (!longest.startsWith(text)) this.violations.push(`[I8] person ${number} reads something else of ${turnId}`)
    }
  }

  #follows(person: number, { turnId, at }: TurnFrame, lengthOf: (turnId: string) => number): void {
    const length = lengthOf(turnId)
    if (at > length) this.violations.push(`[I8] person ${person} has ${length} of ${turnId} and was told what follows ${at}`)
  }

  #isSent(person: number, { turnId, at, text, head }: TurnFrame, sent: Map<string, number>): void {
    const end = sent.get(turnId) ?? at
    // What could not be stored is taken back.
    const isCut = at < end && at === head
    if (end !== at && !isCut) this.violations.push(`[I8] person ${person} was sent ${turnId} up to ${end} and then from ${at}`)
    sent.set(turnId, at + text.length)
  }

  /** Undoing takes away nothing that somebody else wrote. */
  undoing(person: Person, { text }: ClientDocument, undo: () => void): void {
    const before = foreign(person, text.toString())
    undo()
    const after = foreign(person, text.toString())
    for (const [character, count] of before) {
      if ((after.get(character) ?? 0) < count) this.violations.push(`[I6] undoing of person ${person.number} took ${character}`)
    }
  }
}

function foreign(person: Person, text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const character of text)
    if (character !== '\n' && !person.isOwn(character)) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}
