import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished, vi } from 'vitest'
import type { FileNode, Participant, SessionInfo } from '#protocol/sessions.ts'
import { openStore } from './open-store.ts'
import type { Store, TurnRecord } from './store.ts'

// A writer thread starts in less than half a second, but not on a machine that is busy with everything else.
vi.setConfig({ testTimeout: 30_000 })

/** What the store's tests share; everything opened here is closed when the test that opened it has finished. */
export const silent = pino({ level: 'silent' })
export const session: SessionInfo = {
  sessionId: 's1',
  name: 'Snake',
  sampleId: 'snake',
  createdAt: 100,
  backendId: 'replay',
  model: 'm',
}
export const owner: Participant & { visitId: string } = {
  participantId: 'p1',
  visitId: 'v1',
  name: 'Ada',
  role: 'owner',
  colour: 0,
}
export const file = (fileId: string, path: string): FileNode => ({ fileId, path, kind: 'text', lineEnding: 'lf', bytes: 0 })
export const bytes = (text: string) => new TextEncoder().encode(text)
export const turn: TurnRecord = {
  turnId: 't1',
  sessionId: 's1',
  number: 1,
  askedBy: 'p1',
  kind: 'chat',
  prompt: 'Make it faster',
  references: [{ fileId: 'f1', fromLine: 1, toLine: 2 }],
  status: 'queued',
  backend: { backendId: 'replay', name: 'Recorded', kind: 'recorded', model: 'm' },
  startedAt: 200,
  text: '',
  reasoning: '',
  marks: [],
}

/** Path of a database file that does not exist yet. */
export function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flint-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'data', 'flint.sqlite')
}

export async function open(databaseFile: string): Promise<Store> {
  const store = await openStore({ file: databaseFile, log: silent })
  onTestFinished(() => store.close())
  return store
}

/** A store that holds `session` of `owner` with the file `f1`, `a.ts`, which reads "old". */
export async function openWithSession(databaseFile: string): Promise<Store> {
  const store = await open(databaseFile)
  await store.createSession({ session, owner, files: [{ file: file('f1', 'a.ts'), bytes: bytes('old\n') }] })
  return store
}

/** Resolves after a sweep that a write before has asked for: the writer takes what it is given in order. */
export const afterSweep = (store: Store) => store.saveVisit({ visitId: 'sweeping', createdAt: 1 })

/** Every implementation keeps the same contract. */
export const places = [
  { kind: 'a file', place: temporaryFile },
  { kind: 'memory', place: () => ':memory:' },
]
