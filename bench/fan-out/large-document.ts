import { strToU8, zipSync } from 'fflate'
import * as Y from 'yjs'
import { seedUpdate } from '#documents/document-text.ts'
import type { ClientDocument } from '#session/client-document.ts'
import { systemClock } from '#session/clock.ts'
import { newId } from '#session/new-id.ts'
import { SessionClient } from '#session/session-client.ts'
import { FlintServer } from '../../e2e/flint-server.ts'
import { writeBytesAsBrowsersDo } from '../browser-bytes.ts'
import { createSession, type JoinableSession } from '../create-session.ts'
import { startEmulator } from '../emulator.ts'
import { LoopLag, type Lag } from '../loop-lag.ts'
import { percentile } from '../percentiles.ts'
import { until } from '../until.ts'
import { Viewer } from './viewer.ts'

const line = 'const value = compute(argument, 12345) // naïve, and long enough to be a line of code\n'
const text = line.repeat(Math.floor(4_900_000 / line.length))
const [pushes, piecesPerPush] = [10, 4_000]
const openings = 5

/**
 * What a document of 5 MB does to those who watch a turn in its session: it is imported, comes to consist of tens of thousands of pieces, is
 * in no memory after a restart, and while the turn streams it is opened again and again, with an edit after each opening. `open_ms`: from asking
 * until the whole state is there, the middle one; the first has to be read from the store.
 */
export async function largeDocumentLine({ tokensPerSecond, seconds }: { tokensPerSecond: number; seconds: number }) {
  writeBytesAsBrowsersDo()
  const closing: (() => unknown)[] = []
  try {
    const emulator = await startEmulator(['--tokens-per-second', String(tokensPerSecond), '--ttft-ms', '150'])
    closing.push(() => emulator.close())
    const loopLag = await LoopLag.create()
    closing.push(() => loopLag.close())
    const credentials = { CEREBRAS_API_KEY: 'csk-bench-bench', CEREBRAS_BASE_URL: emulator.url }
    const flint = await FlintServer.start({ ...credentials, ...loopLag.environment })
    closing.push(() => flint.close())
    const session = await createSession(flint.url)
    const during = async (work: () => Promise<void>): Promise<Lag> => {
      loopLag.begin(flint.pid)
      await work()
      return loopLag.end(flint.pid)
    }

    const imported = await during(() => importFile(flint.url, session))
    const cut = await during(() => cutToPieces(flint.url, session))
    await flint.restart({ signal: 'SIGTERM' })

    const watcher = await Viewer.join(flint.url, session)
    closing.push(() => watcher.close())
    const openMs: number[] = []
    const streamed = await during(async () => {
      const prompt = `/stream ${tokensPerSecond * seconds}`
      const asked = await watcher.ask('turn.start', { prompt, references: [], openFileIds: [] })
      if (!asked.ok) throw new Error(`the turn was refused: ${asked.error.code}`)
      await until('the turn streams', () => watcher.text.length > 0)
      for (let opening = 0; opening < openings; opening += 1) {
        const { viewer, tookMs } = await openAndType(flint.url, session)
        closing.push(() => viewer.close())
        openMs.push(tookMs)
        await new Promise((resolve) => setTimeout(resolve, (seconds * 1_000) / openings / 2))
      }
      await until('the turn has ended', () => watcher.ended)
    })
    const ms = (value: number | undefined) => (value ?? Number.NaN).toFixed(0)
    return (
      `large document: open_ms=${ms(percentile(openMs, 0.5))} (the first ${ms(openMs[0])}) loop_p99_ms=${ms(streamed.p99)} ` +
      `loop_longest_ms=${ms(streamed.longest)} (imported ${ms(imported.longest)}, cut to pieces ${ms(cut.longest)}) ` +
      `token gap p99 ${ms(percentile(watcher.gapsMs, 0.99))} ms, longest ${ms(Math.max(...watcher.gapsMs))} ms`
    )
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

async function importFile(url: string, { sessionId, cookie }: JoinableSession): Promise<void> {
  const headers = { origin: url, cookie, 'x-flint': '1', 'content-type': 'application/zip' }
  const into = `${url}/api/sessions/${sessionId}/files?folder=&conflict=skip`
  const answer = await fetch(into, { method: 'POST', headers, body: zipSync({ 'large.txt': strToU8(text) }) })
  if (!answer.ok) throw new Error(`the import was answered ${answer.status}`)
}

/** Writes here and there all over the text, and deletes as much, until that is stored. */
async function cutToPieces(url: string, { sessionId, cookie }: JoinableSession): Promise<void> {
  const frames = { request: (work: () => void) => clearImmediate.bind(undefined, setImmediate(work)) }
  const headers = { origin: url, cookie }
  const client = new SessionClient({ sessionId, headers, url, clock: systemClock, frames, newId })
  try {
    client.open()
    await until('the client has joined', () => client.store.read().connection.status === 'online')
    const document = client.documents.open(onlyFile(client.store.read().files))
    await until('the document is open', () => document.status.state === 'open')
    for (let push = 0; push < pushes; push += 1) {
      writePieces(document, push)
      await until('the edits are stored', () => document.pending === 0)
    }
  } finally {
    client.close()
  }
}

function writePieces({ doc, text: whole }: ClientDocument, push: number): void {
  const step = Math.floor(whole.length / pushes / piecesPerPush)
  const start = step * piecesPerPush * push
  doc.transact(() => {
    for (let piece = 0; piece < piecesPerPush; piece += 1) {
      whole.insert(start + step * piece, 'xy')
      if (piece % 3 === 0) whole.delete(start + step * piece + 5, 2)
    }
  })
}

/** Opens the document as a tab does that comes now, without drawing it, and writes a letter. */
async function openAndType(url: string, session: JoinableSession): Promise<{ viewer: Viewer; tookMs: number }> {
  const viewer = await Viewer.join(url, session)
  const joined = await viewer.ask('session.join', { sessionId: session.sessionId, cursors: [] })
  if (!joined.ok) throw new Error(`somebody could not join: ${joined.error.code}`)
  const fileId = onlyFile(joined.value.files)
  const askedAt = performance.now()
  const opened = await viewer.ask('document.open', { fileId })
  if (!opened.ok || !('bulk' in opened.value)) throw new Error('the document did not open as a large one')
  const state = `${url}/api/sessions/${session.sessionId}/documents/${fileId}/state`
  const { byteLength } = await (await fetch(state, { headers: { cookie: session.cookie } })).arrayBuffer()
  if (byteLength < text.length) throw new Error('the state is not whole')
  const tookMs = performance.now() - askedAt

  const { clientId, epoch } = opened.value
  const update = letterAtTheEnd(clientId)
  const pushed = await viewer.ask('document.push', { fileId, pushId: newId(), epoch, update })
  if (!pushed.ok) throw new Error(`the letter was refused: ${pushed.error.code}`)
  return { viewer, tookMs }
}

/** As somebody writes it who has the whole document. What has become of it since the import does not matter for its end. */
function letterAtTheEnd(clientId: number) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(strToU8(text)))
  const before = Y.encodeStateVector(doc)
  doc.clientID = clientId
  doc.getText('text').insert(text.length, 'a')
  return Buffer.from(Y.encodeStateAsUpdate(doc, before))
}

function onlyFile(files: readonly { fileId: string }[]): string {
  const [file] = files
  if (file === undefined) throw new Error('the session has no file')
  return file.fileId
}
