import { createAnswerParser, type AnswerParser } from '#edits/answer-parser.ts'
import type { ParserEvent } from '#edits/parser-events.ts'
import type { ModelEvent } from '#model/model.ts'
import type { EditMeasurements, EndReason, Mark } from '#protocol/turns.ts'
import { marksOf } from './marks-of.ts'
import { waited, type AnswerFacts } from './measurements.ts'
import type { TurnLog } from './turn-log.ts'
import { WholeCharacters } from './whole-characters.ts'

/** Between two answers of one turn. */
const betweenAnswers = '\n\n'

type Finish = Extract<ModelEvent, { type: 'end' }>
type Retry = { blocks: number[]; whole: boolean }

/** What reads the blocks of one answer. */
export type AnswerReading = Pick<AnswerParser, 'push' | 'end'> & Partial<Pick<AnswerParser, 'tolerances'>>

/**
 * Reads the answers of one turn, one after the other, into its log, and the blocks in them. Blocks and offsets count within the whole
 * turn; what is measured is the first answer.
 */
export class AnswerReader {
  readonly facts: AnswerFacts
  readonly #log: TurnLog
  readonly #whole = { text: new WholeCharacters(), reasoning: new WholeCharacters() }
  #parser: AnswerReading
  #isOpen = true
  /** Where the answer begins that is read now. */
  #start = { at: 0, block: 0 }
  #lastBlock = 0
  #lastPath = ''
  #text = ''
  #completeBlocks = new Map<string, number>()
  /** A second answer that nothing was read of yet. */
  #retry: Retry | undefined
  #retries = 0
  readonly #tolerances: Record<string, number> = {}

  /** `parser`: for the first answer; those that follow mend blocks. */
  constructor(log: TurnLog, requestedAtMs: number, parser: AnswerReading) {
    this.#log = log
    this.#parser = parser
    this.facts = { requestedAtMs, characters: 0 }
  }

  /** How the answers kept to the edit formats, as far as they are over. */
  get habits(): Pick<EditMeasurements, 'retries' | 'tolerances'> {
    return { retries: this.#retries, tolerances: { ...this.#tolerances } }
  }

  get #isRetrying(): boolean {
    return this.#start.at > 0
  }

  /** The answer that is read now, or was read last: its text, how many blocks of each path came to their end, and their numbers. */
  get current(): { text: string; completeBlocks: ReadonlyMap<string, number>; firstBlock: number; lastBlock: number } {
    return {
      text: this.#text,
      completeBlocks: this.#completeBlocks,
      firstBlock: this.#start.block + 1,
      lastBlock: this.#lastBlock,
    }
  }

  /** Everything that one network read brought. `isFirst`: it is the first of the turn that holds anything. */
  read(
    events: readonly ModelEvent[],
    nowMs: number,
  ): { finish?: Finish; parsed: ParserEvent[]; isEmpty: boolean; isFirst: boolean } {
    let text = ''
    let reasoning = ''
    let finish: Finish | undefined
    for (const event of events) {
      if (event.type === 'text') text += event.text
      else if (event.type === 'reasoning') reasoning += event.text
      else if (event.type === 'end') finish = event
      else if (event.waitedMs !== undefined && !this.#isRetrying) waited(this.facts, event.waitedMs)
    }
    text = this.#whole.text.take(text)
    reasoning = this.#whole.reasoning.take(reasoning)
    const isEmpty = text === '' && reasoning === ''
    const isFirst = !isEmpty && this.facts.firstTokenAtMs === undefined
    if (!this.#isRetrying) this.#measure(text, reasoning, finish, nowMs)
    if (isEmpty) return { ...(finish !== undefined && { finish }), parsed: [], isEmpty, isFirst }
    if (text !== '') this.#beginRetry(nowMs)
    this.#text += text
    const parsed = this.#placed(this.#parser.push(text))
    this.#append(text, reasoning, marksOf(parsed), nowMs)
    return { ...(finish !== undefined && { finish }), parsed, isEmpty, isFirst }
  }

  /** The answer is over; told once. */
  end(reason: EndReason): ParserEvent[] {
    if (!this.#isOpen) return []
    this.#isOpen = false
    const parsed = this.#placed(this.#parser.end(reason))
    for (const [name, count] of Object.entries(this.#parser.tolerances?.() ?? {})) {
      this.#tolerances[name] = (this.#tolerances[name] ?? 0) + count
    }
    const { lastTokenAtMs, requestedAtMs } = this.facts
    this.#append('', '', marksOf(parsed), lastTokenAtMs ?? requestedAtMs)
    return parsed
  }

  /** Another answer follows. It shows in the log as soon as there is anything of it. */
  expect(retry: Retry): void {
    this.#retry = retry
    this.#retries += 1
    this.#whole.text.drop()
    this.#whole.reasoning.drop()
    this.#parser = createAnswerParser()
    this.#isOpen = true
    this.#start = { at: this.#log.head.text + betweenAnswers.length, block: this.#lastBlock }
    this.#text = ''
    this.#completeBlocks = new Map()
  }

  #measure(text: string, reasoning: string, finish: Finish | undefined, nowMs: number): void {
    const { facts } = this
    if (finish?.usage !== undefined) facts.usage = finish.usage
    if (finish?.timing !== undefined) facts.timing = finish.timing
    if (text === '' && reasoning === '') return
    facts.firstTokenAtMs ??= nowMs
    if (text !== '') facts.firstAnswerAtMs ??= nowMs
    facts.lastTokenAtMs = nowMs
    facts.characters += text.length + reasoning.length
  }

  #beginRetry(nowMs: number): void {
    const retry = this.#retry
    if (retry === undefined) return
    this.#retry = undefined
    this.#append(betweenAnswers, '', [{ type: 'retry', at: this.#start.at, ...retry }], nowMs)
  }

  #append(text: string, reasoning: string, marks: Mark[], nowMs: number): void {
    this.#log.append({ text, reasoning, marks, elapsedMs: nowMs - this.facts.requestedAtMs })
  }

  #placed(events: ParserEvent[]): ParserEvent[] {
    const { at, block } = this.#start
    for (const event of events) {
      if (event.type === 'blockStart') {
        this.#lastBlock = block + event.block
        this.#lastPath = event.path
      } else if (event.type === 'blockEnd' && event.state === 'complete') {
        this.#completeBlocks.set(this.#lastPath, (this.#completeBlocks.get(this.#lastPath) ?? 0) + 1)
      }
    }
    if (at === 0) return events
    return events.map((event) => ({
      ...event,
      ...('block' in event && event.block !== undefined && { block: block + event.block }),
      ...('at' in event && { at: at + event.at }),
    }))
  }
}
