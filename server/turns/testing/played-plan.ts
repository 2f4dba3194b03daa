import type * as Y from 'yjs'
import { isProposal } from '#protocol/hunks.ts'
import type { StoredHunk } from '#store/store.ts'
import type { Decision } from '../decision.ts'
import { indexOf } from '../hunk-record.ts'
import type { DecisionPlan, EditPlan, MeddlingPlan, TypingPlan } from './edit-plan.ts'
import { Script, type Texts } from './edit-script.ts'
import { QuickRoom, type Person } from './quick-room.ts'
import { deciderOf, QuickTurn } from './quick-turn.ts'

/** Letters that only people type, a different one each time. */
const firstLetter = 0x4e00

type Ends = { until?: number; reason?: 'complete' | 'stopped' }

/** A room in which the answers of plans have arrived, one after the other, while people typed. */
export class Played {
  readonly room: QuickRoom
  /** Of the last answer. */
  script: Script
  turnId = ''
  readonly people: Person[] = []
  /** What people typed, and what of it somebody deleted again. */
  readonly typed: string[] = []
  readonly deleted = new Set<string>()
  /** Whole lines that people removed. */
  readonly removed: string[] = []
  readonly #late: { person: Person; letter: string }[] = []
  #nextLetter = firstLetter
  readonly decide

  private constructor(plan: EditPlan) {
    this.script = new Script(plan)
    this.room = new QuickRoom(this.script.imported)
    this.decide = deciderOf(this.room)
  }

  /** `until`: as many UTF-16 units of the answer arrive. */
  static async play(plan: EditPlan, ends: Ends = {}): Promise<Played> {
    const played = new Played(plan)
    await played.#answer(plan, ends)
    return played
  }

  /** A later turn, whose model sees the files as they are now. */
  async goOn(plan: EditPlan): Promise<void> {
    this.script = new Script(plan, this.texts(), ' again')
    await this.#answer(plan, {})
  }

  async #answer(plan: EditPlan, { until = Infinity, reason = 'complete' }: Ends): Promise<void> {
    const turn = new QuickTurn(this.room)
    this.turnId = turn.turnId
    const said = this.script.answer.slice(0, until)
    for (let at = 0, read = 0; at < said.length; read += 1) {
      const { length, frames } = plan.reads[read % plan.reads.length] ?? { length: 50, frames: 0 }
      turn.say(said.slice(at, at + length))
      at += length
      await turn.pass(frames)
      for (const typing of plan.typing) if (typing.read === read) this.#type(typing)
      for (const meddling of plan.meddling ?? []) if (meddling.read === read) this.#meddle(meddling)
      for (const decision of plan.decisions ?? []) if (decision.read === read) await this.decideOne(decision)
    }
    await turn.end(reason)
    // What was not sent before its file went never was in the session.
    for (const { person, letter } of this.#late.splice(0)) {
      if (!person.isThere) this.typed.splice(this.typed.indexOf(letter), 1)
    }
    for (const person of this.people) person.send()
    for (const person of this.people) person.receive()
  }

  #type({ file, where, kind, late }: TypingPlan): void {
    const person = this.#personAt(file)
    if (person === undefined) return
    const { text } = person
    const at = wholeAt(text.toString(), Math.floor(text.length * where))
    if (kind === 'delete') {
      const end = wholeAt(text.toString(), Math.min(text.length, at + 7))
      for (const letter of text.toString().slice(at, end)) this.deleted.add(letter)
      text.delete(at, end - at)
    } else {
      const letter = this.#insert(text, at, kind)
      if (late) this.#late.push({ person, letter })
    }
    if (!late) person.send()
  }

  #meddle({ file, block, line, where, kind }: MeddlingPlan): void {
    const path = this.room.paths()[file]
    const person = this.#personAt(file)
    if (path === undefined || person === undefined) return
    const blocks = this.script.quoted(path)
    const lines = blocks[block % blocks.length] ?? []
    const old = `${lines[line % lines.length]}\n`
    const text = person.text.toString()
    const start = text.startsWith(old) ? 0 : text.indexOf(`\n${old}`) + 1
    if (start === 0 && !text.startsWith(old)) return
    if (kind === 'remove') {
      // It has to be the file's own line: of what the assistant wrote, also of a copy that streams in above, nothing is left in the end anyway.
      if (this.script.before[path]?.split(old).length !== 2) return
      this.removed.push(old)
      person.text.delete(start, old.length)
    } else this.#insert(person.text, wholeAt(text, start + Math.floor(old.length * where)), kind)
    person.send()
  }

  #personAt(file: number): Person | undefined {
    const paths = this.room.paths()
    const path = paths[file % paths.length]
    if (path === undefined) return undefined
    const person = this.room.person(path)
    this.people.push(person)
    return person
  }

  #insert(text: Y.Text, at: number, kind: 'letter' | 'line'): string {
    const letter = String.fromCodePoint(this.#nextLetter)
    this.#nextLetter += 1
    this.typed.push(letter)
    text.insert(at, kind === 'line' ? `${letter}\n` : letter)
    return letter
  }

  /** One of the hunks that there are. */
  async decideOne({ hunk, what }: Omit<DecisionPlan, 'read'>): Promise<void> {
    const ids = this.ids()
    const hunkId = ids[hunk % ids.length]
    if (hunkId !== undefined) await this.decide(what, [hunkId])
  }

  /** One by one, in the order of the keys. */
  async decideEach(decision: Decision['decision'], keys: readonly number[], hunkIds = this.ids()): Promise<void> {
    for (const hunkId of shuffled(hunkIds, keys)) await this.decide(decision, [hunkId])
  }

  /** What the last answer says the files should be, but for blocks that were shown and not applied. */
  wanted(isAccepted = false): Texts {
    const shown = new Set(this.proposals().map(({ block }) => block))
    return this.script.after((block) => !shown.has(block), isAccepted)
  }

  /** Of the last answer. */
  proposals() {
    return this.hunks().filter((hunk) => hunk.turnId === this.turnId && isProposal(hunk))
  }

  /** Those that should have been applied, because what they are about is in no doubt. */
  unduly() {
    return this.proposals().filter(({ block }) => this.script.blocks[block - 1]?.isClear !== false)
  }

  /** Letters of people that stand in the files now, or in `elsewhere`, in no order. */
  letters(elsewhere = ''): string[] {
    return [...this.all(), ...elsewhere].filter((character) => this.typed.includes(character)).toSorted()
  }

  all(): string[] {
    return this.room.paths().flatMap((path) => [...this.room.text(path)])
  }

  texts(): Texts {
    return Object.fromEntries(this.room.paths().map((path) => [path, this.room.text(path)]))
  }

  exported(isMeant: (path: string) => boolean = () => true): Texts {
    const paths = this.room.paths().filter(isMeant)
    return Object.fromEntries(paths.map((path) => [path, this.room.exported(path)]))
  }

  hunks() {
    return [...this.room.hunks.values()]
  }

  ids(): string[] {
    return this.hunks().map(({ hunkId }) => hunkId)
  }

  withoutLetters(text: string): string {
    return [...text].filter((character) => !this.typed.includes(character)).join('')
  }

  /**
   * What there is against invariants 2 and 10: people whose text is not everybody's, and hunks that are neither closed nor have a place.
   */
  unsound(): unknown[] {
    for (const person of this.people) person.receive()
    const texts = new Set(Object.values(this.texts()))
    const astray = this.people.filter(({ isThere, text }) => isThere && !texts.has(text.toString()))
    return [...astray, ...this.hunks().filter((hunk) => !this.#isSound(hunk))]
  }

  #isSound({ state, fileId, kind, start, end }: StoredHunk): boolean {
    if (state === 'streaming' || state === 'located') return false
    if (state !== 'settled') return true
    const doc = fileId === null ? undefined : this.room.doc(fileId)
    if (doc === undefined || kind === 'rename' || kind === 'delete') return doc !== undefined
    const text = doc.getText('text')
    const from = start && indexOf(text, start)
    const to = end && indexOf(text, end)
    return from !== undefined && to !== undefined && from <= to
  }
}

export function shuffled<Item>(items: readonly Item[], keys: readonly number[]): Item[] {
  return items
    .map((item, index) => ({ item, key: keys[index % keys.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Not between the halves of a surrogate pair. */
function wholeAt(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at
}
