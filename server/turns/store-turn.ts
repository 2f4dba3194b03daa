import type { Store, TurnRecord } from '#store/store.ts'

/** Stores a new turn. A write that only seemed to fail counts as done. Rejects with `StoreFailure` where there is no such turn. */
export async function storeTurn(store: Pick<Store, 'createTurn' | 'turn'>, record: TurnRecord): Promise<void> {
  try {
    await store.createTurn(record)
  } catch (error) {
    if ((await store.turn(record.turnId)) === undefined) throw error
  }
}
