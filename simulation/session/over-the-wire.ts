import parser from 'socket.io-msgpack-parser'
import { toWire } from '#socket/wire-bytes.ts'

type Data = [unknown, ...unknown[]]

const acknowledgement = 3

/** What arrives of an answer that Socket.IO has encoded: strings are UTF-8, for example, which has no halves of characters. */
export function overTheWire(answer: unknown): unknown {
  // The package's types are those of the browser: here it makes one Buffer.
  const [packet] = new parser.Encoder().encode({
    type: acknowledgement,
    id: 0,
    nsp: '/',
    data: [toWire(answer)],
  }) as unknown as [Uint8Array]
  return decoded(packet)[0]
}

/** The data of a packet: an answer, or an event's name and payload. */
export function decoded(packet: Uint8Array): Data {
  const decoder = new parser.Decoder()
  let data: Data | undefined
  decoder.on('decoded', (message: { data: Data }) => (data = message.data))
  decoder.add(packet)
  if (data === undefined) throw new Error('the packet holds no data')
  return data
}
