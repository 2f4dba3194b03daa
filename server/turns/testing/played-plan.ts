import { scriptOf, type EditPlan } from './edit-plan.ts'
import { QuickRoom, type Person } from './quick-room.ts'
import { deciderOf, QuickTurn } from './quick-turn.ts'

/** Letters that only people type, a different one each time. */
const firstLetter = 0x4e00

/** A room in which the plan's answer has arrived, up to `until` (UTF-16 units), while people typed. */
export class Played {
  readonly room: QuickRoom
  readonly script
  readonly people: Person[] = []
  /** What people typed, and what of it somebody deleted again. */
  readonly typed: string[] = []
  readonly deleted = new Set<string>()
  readonly decide
  readonly #plan: EditPlan

  private constructor(plan: EditPlan) {
    this.#plan = plan
    this.script = scriptOf(plan)
    this.room = new QuickRoom(this.script.before)
    this.decide = deciderOf(this.room)
  }

  static async play(plan: EditPlan, { until = Infinity, reason = 'complete' as 'complete' | 'stopped' } = {}): Promise<Played> {
    const played = new Played(plan)
    const turn = new QuickTurn(played.room)
    const said = played.script.answer.slice(0, until)
    for (let at = 0, read = 0; at < said.length; read += 1) {
      const { length, frames } = plan.reads[read % plan.reads.length] ?? { length: 50, frames: 0 }
      turn.say(said.slice(at, at + length))
      at += length
      await turn.pass(frames)
      played.#type(read)
    }
    await turn.end(reason)
    for (const person of played.people) person.send()
    for (const person of played.people) person.receive()
    return played
  }

  #type(read: number): void {
    const paths = Object.keys(this.script.before)
    for (const [number, { file, where, kind, late }] of this.#plan.typing.entries()) {
      if (this.#plan.typing[number]?.read !== read) continue
      const path = paths[file % paths.length] ?? ''
      const person = this.room.person(path)
      this.people.push(person)
      const { text } = person
      const at = wholeAt(text.toString(), Math.floor(text.length * where))
      if (kind === 'delete') {
        const end = wholeAt(text.toString(), Math.min(text.length, at + 7))
        for (const letter of text.toString().slice(at, end)) this.deleted.add(letter)
        text.delete(at, end - at)
      } else {
        const letter = String.fromCodePoint(firstLetter + this.typed.length)
        this.typed.push(letter)
        text.insert(at, kind === 'line' ? `${letter}\n` : letter)
      }
      if (!late) person.send()
    }
  }

  /** Letters of people that stand in the files now, in no order. */
  letters(): string[] {
    return this.all()
      .filter((character) => this.typed.includes(character))
      .toSorted()
  }

  all(): string[] {
    return this.room.paths().flatMap((path) => [...this.room.text(path)])
  }

  texts(): Record<string, string> {
    return Object.fromEntries(this.room.paths().map((path) => [path, this.room.text(path)]))
  }

  hunks() {
    return [...this.room.hunks.values()]
  }

  ids(): string[] {
    return this.hunks().map(({ hunkId }) => hunkId)
  }
}

/** Not between the halves of a surrogate pair. */
function wholeAt(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at
}
