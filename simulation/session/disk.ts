import type { FileNode } from '#protocol/sessions.ts'
import { StoreFailure } from '#store/store-failure.ts'
import type { LogAppend, Store, TurnRecord } from '#store/store.ts'
import { writes } from '#store/writes.ts'
import type { Fate } from './plan.ts'

type Call = (...given: unknown[]) => Promise<unknown>
type TurnChange = Parameters<Store['updateTurn']>[1]
type CommittedRow = LogAppend & { seq: number }

/** Writes that may seem to fail: who wrote has to find out what became of them. Any write may take the process with it. */
const mayFail = new Set(['append', 'createTurn', 'appendTurn', 'updateTurn', 'saveHunks'])

/** What never answers: the process that asked is gone. */
const never = new Promise<never>(() => {})

/** A store whose commits wait, fail, seem to fail, or take the process with them; it outlives every process that uses it. */
export class Disk {
  /** Every row that was ever committed, by file, as a log that is never compacted. */
  readonly rows = new Map<string, CommittedRow[]>()
  /** What each file started from. */
  readonly seeds = new Map<string, Uint8Array>()
  /** Turns whose end is not stored. */
  readonly unended = new Set<string>()
  /** Called where a commit takes the process with it. */
  onCrash: () => void = () => {}
  readonly #store: Store
  #held: (() => void)[] | undefined
  readonly #committing = new Set<Promise<unknown>>()
  #fate: { fate: Fate; of: 'turn' | undefined } | undefined
  #isFull = false

  constructor(store: Store) {
    this.#store = store
  }

  hold(): void {
    this.#held ??= []
  }

  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    this.#isFull = false
    for (const go of held) go()
  }

  /** No write succeeds until the disk is released. */
  fill(): void {
    this.#isFull = true
  }

  /** What happens to the next write, or to the next about a turn; where it is to fail, to the next that may. */
  destine(fate: Fate, of: 'turn' | undefined): void {
    this.#fate = { fate, of }
  }

  /** Nothing is held and nothing will fail any more. */
  mend(): void {
    this.#fate = undefined
    this.release()
  }

  /** The store as one process sees it, until it is cut off. */
  attach(): { store: Store; cutOff(): void } {
    let isCut = false
    const wrap =
      (name: string, call: Call): Call =>
      async (...given) => {
        if (isCut) return never
        const value = await (Object.hasOwn(writes, name)
          ? this.#write(
              name,
              () => call(...given),
              given,
              () => isCut,
            )
          : call(...given))
        return isCut ? never : value
      }
    const wrapped = Object.entries(this.#store).map(([name, call]) => [name, wrap(name, call as Call)])
    return { store: Object.fromEntries(wrapped) as Store, cutOff: () => (isCut = true) }
  }

  async #write(name: string, commit: () => Promise<unknown>, given: unknown[], isCut: () => boolean): Promise<unknown> {
    if (this.#held !== undefined) await new Promise<void>((resolve) => this.#held?.push(resolve))
    if (isCut()) return never
    const fate = this.#fateOf(name)
    if (this.#isFull || fate === 'fail') throw new StoreFailure('disk_full', 'the disk is full')
    if (fate === 'crash-before') return this.#crash()
    const value = await this.#during(commit())
    if (name === 'saveFiles') this.#rememberSeeds(given[1] as { file: FileNode; bytes?: Uint8Array }[])
    if (name === 'createTurn') this.#begun(given[0] as TurnRecord)
    if (name === 'updateTurn' && (given[1] as TurnChange).status === 'ended') this.unended.delete(given[0] as string)
    if (name === 'append') this.#remember(given[0] as LogAppend, value as { seq: number; repeated: boolean })
    if (fate === 'crash-after') return this.#crash()
    if (fate === 'lose') throw new StoreFailure('failed', 'the writer thread ended before it answered')
    return value
  }

  /** Resolves when no commit is under way: a file belongs to one process at a time. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#committing)
  }

  async #during(commit: Promise<unknown>): Promise<unknown> {
    this.#committing.add(commit)
    try {
      return await commit
    } finally {
      this.#committing.delete(commit)
    }
  }

  #begun({ turnId, status }: TurnRecord): void {
    if (status !== 'ended') this.unended.add(turnId)
  }

  #fateOf(name: string): Fate | undefined {
    const { fate, of } = this.#fate ?? {}
    if (of === 'turn' && !name.endsWith('Turn')) return undefined
    if ((fate === 'fail' || fate === 'lose') && !mayFail.has(name)) return undefined
    this.#fate = undefined
    return fate
  }

  #remember(row: LogAppend, { seq, repeated }: { seq: number; repeated: boolean }): void {
    if (repeated) return
    this.rows.set(row.fileId, [...(this.rows.get(row.fileId) ?? []), { ...structuredClone(row), seq }])
  }

  #rememberSeeds(files: { file: FileNode; bytes?: Uint8Array }[]): void {
    for (const { file, bytes } of files) {
      if (bytes !== undefined && !this.seeds.has(file.fileId)) this.seeds.set(file.fileId, structuredClone(bytes))
    }
  }

  #crash(): Promise<never> {
    this.onCrash()
    return never
  }
}
