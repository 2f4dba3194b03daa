import * as Y from 'yjs'

/** Origin of what came from another replica. */
const arrival = Symbol('arrival')

type Replica = { doc: Y.Doc; text: Y.Text; inbox: Uint8Array[] }

/** Y.Docs of one text. What one writes waits in the inboxes of the others until it is delivered, in any order and in batches. */
export class Replicas {
  readonly all: Replica[]

  constructor(count: number, initial: string) {
    const first = new Y.Doc()
    first.getText('text').insert(0, initial)
    const begun = Y.encodeStateAsUpdate(first)
    this.all = Array.from({ length: count }, () => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, begun, arrival)
      return { doc, text: doc.getText('text'), inbox: [] }
    })
    for (const { doc } of this.all) {
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === arrival) return
        for (const other of this.all) if (other.doc !== doc) other.inbox.push(update)
      })
    }
  }

  /** The one that the editor is bound to. */
  get local(): Replica {
    return this.at(0)
  }

  at(index: number): Replica {
    const replica = this.all[index % this.all.length]
    if (replica === undefined) throw new Error('there are no replicas')
    return replica
  }

  /** Lets everything that waits arrive. Returns whether anything did. */
  deliverAll(): boolean {
    const waiting = this.all.filter(({ inbox }) => inbox.length > 0)
    for (const replica of waiting) receive(replica, replica.inbox.splice(0))
    return waiting.length > 0
  }

  /** The texts that are not the bound one's. */
  apart(): string[] {
    const wanted = this.local.text.toString()
    return this.all.map(({ text }) => text.toString()).filter((other) => other !== wanted)
  }

  /** Takes a `share` of what waits for a replica, at places that `shuffle` decides. */
  deliver(index: number, { share, shuffle, merged }: { share: number; shuffle: number; merged: boolean }): void {
    const replica = this.at(index)
    const count = Math.ceil(share * replica.inbox.length)
    const taken = Array.from({ length: count }, (_, turn) => {
      const place = (shuffle + turn * 7_919) % replica.inbox.length
      return replica.inbox.splice(place, 1)
    }).flat()
    if (merged && taken.length > 1) receive(replica, [Y.mergeUpdates(taken)])
    else receive(replica, taken)
  }
}

function receive(replica: Replica, updates: Uint8Array[]): void {
  for (const update of updates) Y.applyUpdate(replica.doc, update, arrival)
}
