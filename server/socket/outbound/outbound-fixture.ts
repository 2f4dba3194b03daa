import parser from 'socket.io-msgpack-parser'
import * as Y from 'yjs'
import type { DocumentRange } from '#protocol/documents.ts'
import { Outbound } from './outbound.ts'
import type { OutboundConnection } from './outbound-connection.ts'
import type { Packet } from './packet.ts'
import type { Wire } from './wire.ts'

type Told = { event: string; payload: unknown }

/** A transport that takes packets only while the test lets it. */
export class FakeWire implements Wire {
  /** How many packets it takes before it has to be let again. */
  room = Number.POSITIVE_INFINITY
  isCut = false
  readonly told: Told[] = []
  /** Packets that were written although it was not ready, of which there may be the rest of one batch. */
  written = 0

  isReady(): boolean {
    return this.room > 0
  }
  write(packet: Packet): void {
    this.room -= 1
    this.written += 1
    this.told.push(decoded(packet))
  }
  cut(): void {
    this.isCut = true
  }
  get events(): string[] {
    return this.told.map(({ event }) => event)
  }
  /** What was told of documents. */
  get ranges(): DocumentRange[] {
    return this.told.filter(({ event }) => event === 'document.updated').map(({ payload }) => payload as DocumentRange)
  }
}

/** The scheduler with a clock and a queue that the test moves. */
export function stage() {
  let nowMs = 0
  let connections = 0
  const due: (() => void)[] = []
  const outbound = new Outbound({ monotonicMs: () => nowMs, soon: (run) => due.push(run) })
  const rows = documentRows()
  return {
    outbound,
    /** The next committed row of a file, told to the session. */
    type: (fileId = 'f', word = 'x') => outbound.tellDocument('s', rows.next(fileId, word)),
    text: rows.text,
    flush: () => {
      for (const run of due.splice(0)) run()
    },
    advance: (ms: number) => {
      nowMs += ms
    },
    join: (sessionId = 's', rooms: string[] = []): { wire: FakeWire; connection: OutboundConnection } => {
      const wire = new FakeWire()
      const connection = outbound.connect(`connection${(connections += 1)}`, wire, () => new Set(rooms))
      outbound.join(connection, sessionId)
      return { wire, connection }
    },
  }
}

/** Text that the ranges give, in the order in which they were told. */
export function textOf(ranges: readonly DocumentRange[]): string {
  const doc = new Y.Doc()
  for (const { update } of ranges) if (update !== undefined) Y.applyUpdate(doc, update)
  return doc.getText('text').toString()
}

function documentRows() {
  const docs = new Map<string, { doc: Y.Doc; seq: number }>()
  return {
    text: (fileId = 'f') => docs.get(fileId)?.doc.getText('text').toString() ?? '',
    next(fileId: string, word: string): DocumentRange {
      const { doc, seq } = docs.get(fileId) ?? { doc: new Y.Doc(), seq: 0 }
      docs.set(fileId, { doc, seq: seq + 1 })
      const before = Y.encodeStateVector(doc)
      const text = doc.getText('text')
      text.insert(text.length, word)
      return {
        fileId,
        afterSeq: seq,
        seq: seq + 1,
        pushIds: [`${fileId}${seq + 1}`],
        update: Y.encodeStateAsUpdate(doc, before),
      }
    },
  }
}

function decoded(packet: Packet): Told {
  const decoder = new parser.Decoder()
  let told: Told | undefined
  decoder.on('decoded', ({ data: [event, payload] }: { data: [string, unknown] }) => {
    told = { event, payload }
  })
  decoder.add(packet)
  if (told === undefined) throw new Error('the packet holds no event')
  return told
}
