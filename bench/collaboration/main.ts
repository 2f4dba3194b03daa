import { parseArgs } from 'node:util'
import { peersNamed } from '../peers/make-peers.ts'
import { tableLines } from '../table.ts'
import { measurePeer, type CollaborationFigures } from './measure-peer.ts'

/**
 * Many people in one document: how long an edit takes to everybody else and to its acknowledgement, and what that costs the server.
 * Flint acknowledges and tells what is on disk, the other two what they hold in memory. Rounds alternate, the median of each figure counts.
 */
const { values: options } = parseArgs({
  options: {
    clients: { type: 'string', default: '50' },
    'edits-per-second': { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    peers: { type: 'string', default: 'flint,hocuspocus,y-websocket' },
  },
})
const print = (line: string) => void process.stdout.write(`${line}\n`)
const size = {
  clients: Number(options.clients),
  editsPerSecond: Number(options['edits-per-second']),
  seconds: Number(options.seconds),
}
const peers = peersNamed(options.peers, { documents: 1 })
const rounds = new Map<string, CollaborationFigures[]>(peers.map(({ name }) => [name, []]))
for (let round = 1; round <= Number(options.rounds); round += 1) {
  for (const { name, make } of peers) {
    const peer = await make()
    try {
      const figures = await measurePeer(peer, size)
      rounds.get(name)?.push(figures)
      const { propagation, acknowledgement } = figures
      print(
        `round ${round}, ${name}: propagation p99 ${propagation.p99.toFixed(1)} ms, acknowledgement p99 ${acknowledgement.p99.toFixed(1)} ms`,
      )
    } finally {
      await peer.close()
    }
  }
}

type Figure = (figures: CollaborationFigures) => number
const median = (name: string, figure: Figure) => {
  const sorted = (rounds.get(name) ?? []).map(figure).toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)]
}
const figures: [string, Figure, number][] = [
  ['p50', ({ propagation }) => propagation.p50, 1],
  ['p95', ({ propagation }) => propagation.p95, 1],
  ['p99 ms', ({ propagation }) => propagation.p99, 1],
  ['ack p50', ({ acknowledgement }) => acknowledgement.p50, 1],
  ['ack p95', ({ acknowledgement }) => acknowledgement.p95, 1],
  ['ack p99 ms', ({ acknowledgement }) => acknowledgement.p99, 1],
  ['server CPU ms/s', ({ cpuMsPerSecond }) => cpuMsPerSecond, 0],
  ['clients CPU ms/s', ({ clientsCpuMsPerSecond }) => clientsCpuMsPerSecond, 0],
  ['loop lag p50', ({ loopLag }) => loopLag.p50, 1],
  ['p99 ms', ({ loopLag }) => loopLag.p99, 1],
  ['deliveries', ({ deliveries }) => deliveries, 0],
]
const written = (value: number | undefined, digits: number) =>
  value === undefined || Number.isNaN(value) ? '-' : value.toFixed(digits)
print(
  `${size.clients} clients, ${size.editsPerSecond} edits/s in one document, ${size.seconds} s, median of ${options.rounds} rounds`,
)
const rows = peers.map(({ name }) => [name, ...figures.map(([, figure, digits]) => written(median(name, figure), digits))])
for (const line of tableLines(['server', ...figures.map(([column]) => column)], rows)) print(line)

const p99 = (name: string) => median(name, ({ propagation }) => propagation.p99)
const ratio = (name: string) => written((p99('flint') ?? Number.NaN) / (p99(name) ?? Number.NaN), 2)
print(
  `p99 of Flint, which is durable: ${ratio('hocuspocus')} of Hocuspocus, ${ratio('y-websocket')} of y-websocket, which are not`,
)
print(
  `collaboration p50_ms=${written(
    median('flint', ({ propagation }) => propagation.p50),
    1,
  )} p99_ms=${written(p99('flint'), 1)} ` +
    `ack_p99_ms=${written(
      median('flint', ({ acknowledgement }) => acknowledgement.p99),
      1,
    )} ` +
    `hocuspocus_p99_ms=${written(p99('hocuspocus'), 1)} y_websocket_p99_ms=${written(p99('y-websocket'), 1)}`,
)
process.exit(0)
