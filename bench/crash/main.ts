import { parseArgs } from 'node:util'
import { peersNamed } from '../peers/make-peers.ts'
import { loadWorkloads } from '../peers/workload.ts'
import { tableLines } from '../table.ts'
import { countSyncs } from './count-syncs.ts'
import { runCrashes, type CrashFigures } from './crash-run.ts'

/**
 * What a server that is killed has lost of the edits that it had acknowledged: Flint, Hocuspocus and y-websocket under the same typing
 * and the same kills. `--peers flint` runs some of them; what was not run is `-` in the last line.
 */
const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    traces: { type: 'string' },
    clients: { type: 'string', default: '20' },
    documents: { type: 'string', default: '4' },
    'edits-per-second': { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    peers: { type: 'string', default: 'flint,hocuspocus,y-websocket' },
    syncs: { type: 'string', default: '100' },
  },
})
const print = (line: string) => void process.stdout.write(`${line}\n`)
const seed = Number(options.seed)
const size = {
  kills: Number(options.kills),
  clients: Number(options.clients),
  documents: Number(options.documents),
  editsPerSecond: Number(options['edits-per-second']),
  seed,
}
const workloads = await loadWorkloads(options.traces, seed)
print(`workload: ${workloads.map(({ name, moments }) => `${name} (${moments.length} edits)`).join(', ')}; seed ${seed}`)
if (options.traces !== undefined) print('traces: recorded by Joseph Gentle (github.com/josephg/editing-traces), CC BY 4.0')
print(`${size.clients} clients in ${size.documents} documents, ${size.editsPerSecond} edits/s each, ${size.kills} kills`)

const results = new Map<string, CrashFigures & { acknowledgement: string }>()
for (const { name, make } of peersNamed(options.peers, { documents: size.documents })) {
  const peer = await make()
  try {
    await peer.start()
    results.set(name, { ...(await runCrashes(peer, workloads, size, print)), acknowledgement: peer.acknowledgement })
    if (name === 'flint' && Number(options.syncs) > 0) {
      const syncs = await countSyncs(peer, Number(options.syncs))
      print(
        syncs === undefined
          ? 'flushes to disk: not counted, strace is not there'
          : `flushes to disk: ${syncs} for ${options.syncs} batches of one edit each`,
      )
    }
  } finally {
    await peer.close()
  }
}

const columns = ['server', 'kills', 'edits', 'acknowledged', 'lost', 'diverged', 'acknowledged means']
const rows = [...results].map(([name, figures]) => [
  name,
  figures.kills,
  figures.edits,
  figures.acknowledged,
  figures.lost,
  figures.diverged,
  figures.acknowledgement,
])
for (const line of tableLines(columns, rows)) print(line)

const figure = (name: string, key: 'acknowledged' | 'lost' | 'diverged') => results.get(name)?.[key] ?? '-'
print(
  `crash kills=${size.kills} acked=${figure('flint', 'acknowledged')} lost=${figure('flint', 'lost')} diverged=${figure('flint', 'diverged')} ` +
    `hocuspocus_lost=${figure('hocuspocus', 'lost')} y_websocket_lost=${figure('y-websocket', 'lost')}`,
)
process.exit(0)
