import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** Yjs integrates so many structs in a few milliseconds. */
const structsPerSlice = 500

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]
type Deletion = { clientId: number; clock: number; length: number }

/**
 * The same update as several small ones, each of which can be applied once those before it are: Yjs applies an update in one go, for as
 * long as that takes. Decoding takes a third of that time itself, so large updates are sliced in a thread.
 * Throws where the bytes are no update.
 */
export function slicedUpdate(update: Uint8Array, most = structsPerSlice): Uint8Array[] {
  const { structs, ds } = Y.decodeUpdate(update)
  const deletions: Deletion[] = []
  for (const [clientId, ranges] of ds.clients) {
    for (const { clock, len } of ranges) deletions.push({ clientId, clock, length: len })
  }
  return [
    ...slices(inOrder(structs), most).map((some) => encoded(some, [])),
    ...slices(deletions, most).map((some) => encoded([], some)),
  ]
}

/** Each struct after those that it names as its neighbours, as far as the update has them. */
function* inOrder(structs: readonly Struct[]): Generator<Struct> {
  const ofClient = byClient(structs, ({ id }) => id.client)
  const given = new Map<number, number>()
  const headOf = (client: number) => ofClient.get(client)?.[given.get(client) ?? 0]
  const wantedBy = (struct: Struct): Struct | undefined => {
    for (const neighbour of struct instanceof Y.Item ? [struct.origin, struct.rightOrigin] : []) {
      if (neighbour === null || neighbour.client === struct.id.client) continue
      const head = headOf(neighbour.client)
      if (head !== undefined && head.id.clock <= neighbour.clock) return head
    }
    return undefined
  }
  for (const client of ofClient.keys()) {
    for (let head = headOf(client); head !== undefined; head = headOf(client)) {
      const waiting = [head]
      for (let last = waiting.at(-1); last !== undefined; last = waiting.at(-1)) {
        const wanted = wantedBy(last)
        if (wanted === undefined) {
          waiting.pop()
          given.set(last.id.client, (given.get(last.id.client) ?? 0) + 1)
          yield last
        } else if (waiting.push(wanted) > ofClient.size) {
          throw new Error('structs of an update wait for each other')
        }
      }
    }
  }
}

function encoded(structs: readonly Struct[], deletions: readonly Deletion[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const { restEncoder } = encoder
  const written = byClient(structs, ({ id }) => id.client)
  encoding.writeVarUint(restEncoder, written.size)
  for (const [client, own] of written) {
    encoding.writeVarUint(restEncoder, own.length)
    encoder.writeClient(client)
    encoding.writeVarUint(restEncoder, own[0]?.id.clock ?? 0)
    for (const struct of own) struct.write(encoder, 0)
  }
  const deleted = byClient(deletions, ({ clientId }) => clientId)
  encoding.writeVarUint(restEncoder, deleted.size)
  for (const [client, own] of deleted) {
    encoding.writeVarUint(restEncoder, client)
    encoding.writeVarUint(restEncoder, own.length)
    for (const { clock, length } of own) {
      encoding.writeVarUint(restEncoder, clock)
      encoding.writeVarUint(restEncoder, length)
    }
  }
  return encoder.toUint8Array()
}

function byClient<Value>(values: Iterable<Value>, clientOf: (value: Value) => number): Map<number, Value[]> {
  const groups = new Map<number, Value[]>()
  for (const value of values) {
    const group = groups.get(clientOf(value))
    if (group === undefined) groups.set(clientOf(value), [value])
    else group.push(value)
  }
  return groups
}

function slices<Value>(values: Iterable<Value>, most: number): Value[][] {
  const all: Value[][] = []
  for (const value of values) {
    const last = all.at(-1)
    if (last === undefined || last.length === most) all.push([value])
    else last.push(value)
  }
  return all
}
