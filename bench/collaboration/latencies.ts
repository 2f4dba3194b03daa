import * as Y from 'yjs'
import type { Replica } from '../peers/peer.ts'

type Made = { clockEnd: number; atMs: number }

/** From an edit to its arrival in every other replica, and to its acknowledgement, in milliseconds. */
export class Latencies {
  propagationMs: number[] = []
  acknowledgementMs: number[] = []
  #recording = false
  readonly #made = new Map<number, Made[]>()
  readonly #replicas: readonly Replica[]

  constructor(replicas: readonly Replica[]) {
    this.#replicas = replicas
    for (const replica of replicas) {
      this.#made.set(replica.doc.clientID, [])
      this.#watchArrivals(replica)
      this.#watchAcknowledgements(replica)
    }
  }

  record(): void {
    this.#recording = true
  }

  /** Has the replica type, and remembers when. */
  edit(replica: Replica, change: (text: Y.Text) => void): void {
    const atMs = performance.now()
    const edit = replica.edit(change)
    if (edit?.inserts === true) this.#made.get(edit.client)?.push({ clockEnd: edit.clockEnd, atMs })
    else if (edit !== undefined) throw new Error('only insertions can be seen to arrive')
  }

  /** How many arrivals are still to come. */
  get missing(): number {
    let missing = 0
    for (const replica of this.#replicas) {
      for (const [client, made] of this.#made) {
        if (client === replica.doc.clientID) continue
        const state = Y.getState(replica.doc.store, client)
        missing += made.filter(({ clockEnd }) => clockEnd > state).length
      }
    }
    return missing
  }

  #watchArrivals({ doc }: Replica): void {
    doc.on('afterTransaction', ({ beforeState, afterState, local }: Y.Transaction) => {
      if (local || !this.#recording) return
      const now = performance.now()
      for (const [client, clock] of afterState) {
        const before = beforeState.get(client) ?? 0
        if (clock === before) continue
        const made = this.#made.get(client) ?? []
        for (let index = made.length - 1; index >= 0; index -= 1) {
          const edit = made[index]
          if (edit === undefined || edit.clockEnd <= before) break
          if (edit.clockEnd <= clock) this.propagationMs.push(now - edit.atMs)
        }
      }
    })
  }

  #watchAcknowledgements(replica: Replica): void {
    let known = replica.acknowledged()
    replica.onAcknowledged(() => {
      const now = performance.now()
      const made = this.#made.get(replica.doc.clientID) ?? []
      for (; known < replica.acknowledged(); known += 1) {
        const edit = made[known]
        if (edit !== undefined && this.#recording) this.acknowledgementMs.push(now - edit.atMs)
      }
    })
  }
}
