import { StoreFailure } from '#store/store-failure.ts'
import type { LogAppend, Store } from '#store/store.ts'

type Append = Awaited<ReturnType<Store['append']>>

/** A store whose commits wait, fail or are lost on demand; for tests. */
export type HeldStore = Store & {
  /** From now on appends reach the store only at `release`. */
  hold(): void
  /** Lets the held appends go, in order, and holds no more. */
  release(): void
  /** Lets the one go that is held longest. */
  releaseFirst(): void
  /** The next append is refused by the store. */
  failNext(): void
  /** The next append is stored, but its caller is told that it failed. */
  loseNext(): void
}

export function heldStore(store: Store): HeldStore {
  let held: (() => void)[] | undefined
  let next: 'fail' | 'lose' | undefined

  async function append(row: LogAppend): Promise<Append> {
    const fate = next
    next = undefined
    if (held) await new Promise<void>((resolve) => held?.push(resolve))
    if (fate === 'fail') throw new StoreFailure('disk_full', 'the disk is full')
    const appended = await store.append(row)
    if (fate === 'lose') throw new StoreFailure('failed', 'the writer thread ended before it answered')
    return appended
  }

  return {
    ...store,
    append,
    hold: () => (held = []),
    release() {
      const waiting = held ?? []
      held = undefined
      for (const go of waiting) go()
    },
    releaseFirst: () => held?.shift()?.(),
    failNext: () => (next = 'fail'),
    loseNext: () => (next = 'lose'),
  }
}
