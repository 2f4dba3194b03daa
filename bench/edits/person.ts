import * as Y from 'yjs'
import { systemClock } from '#session/clock.ts'
import { newId } from '#session/new-id.ts'
import { SessionClient } from '#session/session-client.ts'
import { createSeededRandom } from '#model/replay/seeded-random.ts'
import { until } from '../until.ts'

const keystrokeMs = 80
const keystrokesPerPlace = 12
/** Share of the places that are chosen where the assistant will change something, the others are where it has just written. */
const mergedShare = 0.3
/** How far before or after what was written last somebody goes on, in UTF-16 units. */
const nearby = 80
/** Between two lines that the generated answer is still to change: a line that is written there has to be merged. */
const changedLater = /(?<=^export function outOfRange.*\n)(?= {2}return readings\.filter\(\(reading\) => reading\.)/gm
/** Every person types characters that nobody else types, each of them once: 6,000 of the common ideographs. */
const firstCharacter = 0x4e00
const charactersPerPerson = 6_000

/** Somebody who types where the assistant writes: before, inside and after it, and in lines that it may be about to change. */
export class Person {
  readonly client: SessionClient
  typed = ''
  private readonly number: number
  private readonly random: () => number
  private last: { fileId: string; start: number; end: number } | undefined
  private place: { text: Y.Text; position: Y.RelativePosition } | undefined
  private left = 0
  private timer: ReturnType<typeof setInterval> | undefined

  private constructor(number: number, client: SessionClient) {
    this.number = number
    this.client = client
    this.random = createSeededRandom(number + 1)
  }

  /** Joins the session and opens every file of it. */
  static async join(number: number, { url, sessionId }: { url: string; sessionId: string }): Promise<Person> {
    const frames = {
      request(work: () => void) {
        const immediate = setImmediate(work)
        return () => clearImmediate(immediate)
      },
    }
    const client = new SessionClient({ sessionId, url, clock: systemClock, frames, newId })
    client.open()
    await until('a person has joined', () => client.store.read().connection.status === 'online')
    const person = new Person(number, client)
    for (const { fileId, path } of client.store.read().files) if (path.endsWith('.ts')) await person.openFile(fileId)
    return person
  }

  startTyping() {
    this.timer = setInterval(() => this.press(), keystrokeMs)
  }

  stopTyping() {
    clearInterval(this.timer)
  }

  texts(): Map<string, string> {
    return new Map(this.client.documents.all().map(({ fileId, text }) => [fileId, text.toString()]))
  }

  close() {
    this.stopTyping()
    this.client.close()
  }

  private async openFile(fileId: string) {
    const document = this.client.documents.open(fileId)
    await until('a document is open', () => document.status.state === 'open')
    document.text.observe(({ delta }, { local }) => {
      if (local) return
      const start = delta[0]?.retain ?? 0
      const length = delta.reduce((sum, { insert }) => sum + (typeof insert === 'string' ? insert.length : 0), 0)
      this.last = { fileId, start, end: start + length }
    })
  }

  private press() {
    if (this.typed.length === charactersPerPerson) return
    if (this.left === 0) this.move()
    const { place } = this
    const doc = place?.text.doc
    if (place === undefined || doc === null || doc === undefined) return
    const at = Y.createAbsolutePositionFromRelativePosition(place.position, doc)?.index
    if (at === undefined) return
    const character = String.fromCharCode(firstCharacter + this.number * charactersPerPerson + this.typed.length)
    place.text.insert(at, character)
    place.position = Y.createRelativePositionFromTypeIndex(place.text, at + 1, -1)
    this.typed += character
    this.left -= 1
  }

  private move() {
    const { last } = this
    if (last === undefined) return
    const text = this.client.documents.get(last.fileId)?.text
    if (text === undefined) return
    const share = this.random()
    if (this.random() < mergedShare && this.moveAhead(share)) return
    const places = [
      last.start - share * nearby,
      last.start + share * (last.end - last.start),
      last.end + share * nearby,
      share * text.length,
    ]
    const wanted = places[Math.floor(this.random() * places.length)] ?? 0
    this.moveTo(text, Math.round(Math.min(Math.max(0, wanted), text.length)))
  }

  /** Begins a line where the assistant is still to change the lines around it; false where it has changed them all. */
  private moveAhead(share: number): boolean {
    const places = this.client.documents
      .all()
      .flatMap(({ text }) => [...text.toString().matchAll(changedLater)].map(({ index }) => ({ text, index })))
    const place = places[Math.floor(share * places.length)]
    if (place === undefined) return false
    place.text.insert(place.index, '\n')
    this.moveTo(place.text, place.index)
    return true
  }

  private moveTo(text: Y.Text, at: number) {
    this.place = { text, position: Y.createRelativePositionFromTypeIndex(text, at, -1) }
    this.left = keystrokesPerPlace
  }
}
