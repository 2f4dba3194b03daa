import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Peer } from '../peers/peer.ts'
import { until } from '../until.ts'

/**
 * Makes edits one after the other, each after the acknowledgement of the one before, so that each is a batch of its own, and counts
 * with strace how often the process has had the disk flushed meanwhile. Undefined where strace is not there or may not look.
 */
export async function countSyncs(peer: Peer, batches: number): Promise<number | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flint-strace-'))
  const file = path.join(folder, 'calls')
  const strace = spawn('strace', ['-f', '-e', 'trace=fdatasync,fsync', '-o', file, '-p', String(peer.pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    const attached = await new Promise<boolean>((resolve) => {
      strace.once('error', () => resolve(false)).once('exit', () => resolve(false))
      strace.stderr.on('data', (words: Buffer) => words.toString().includes('attached') && resolve(true))
    })
    if (!attached) return undefined
    const replica = await peer.join(0)
    for (let batch = 0; batch < batches; batch += 1) {
      replica.edit((text) => text.insert(0, '.'))
      await until('an edit is acknowledged', () => replica.acknowledged() === replica.edits.length)
    }
    replica.close()
    const gone = new Promise((resolve) => strace.once('exit', resolve))
    strace.kill('SIGINT')
    await gone
    return (await readFile(file, 'utf8')).split('\n').filter((line) => /\b(?:fdatasync|fsync)\(/.test(line)).length
  } finally {
    strace.kill()
    await rm(folder, { recursive: true, force: true })
  }
}
