import * as Y from 'yjs'
import { createSeededRandom } from '#model/replay/seeded-random.ts'
import { missingEdits } from '../peers/own-edits.ts'
import type { Edit, Peer, Replica } from '../peers/peer.ts'
import { typeInto, type Workload } from '../peers/workload.ts'
import { until } from '../until.ts'

export type CrashSize = { kills: number; clients: number; documents: number; editsPerSecond: number; seed: number }
export type CrashFigures = { kills: number; edits: number; acknowledged: number; lost: number; diverged: number }

/** Shortest and longest time that people type before the process is killed. */
const leastMs = 200
const mostMs = 1_500
/** What was on its way when the process died arrives within this time: it is on this machine. */
const drainMs = 50
/** A server that answers before it has loaded is waited for so long before an edit counts as lost. */
const loadMs = 1_000

type Typist = { document: number; replica: Replica; workload: Workload; next: number; checked: number }

/**
 * Clients type, the server is killed, and after a restart a client that knows nothing looks for every edit that was acknowledged.
 * Then the clients come back with what they have and go on. In the end all of them are to hold the same.
 */
export async function runCrashes(
  peer: Peer,
  workloads: readonly Workload[],
  { kills, clients, documents, editsPerSecond, seed }: CrashSize,
  tell: (line: string) => void,
): Promise<CrashFigures> {
  const random = createSeededRandom(seed)
  const figures: CrashFigures = { kills: 0, edits: 0, acknowledged: 0, lost: 0, diverged: 0 }
  const typists: Typist[] = []
  for (let number = 0; number < clients; number += 1) {
    const document = number % documents
    const workload = workloads[document % workloads.length]
    if (workload === undefined) throw new Error('there is no workload')
    const next = Math.floor((number / clients) * workload.moments.length)
    typists.push({ document, replica: await peer.join(document), workload, next, checked: 0 })
  }

  for (let kill = 1; kill <= kills; kill += 1) {
    const stopTyping = startTyping(typists, editsPerSecond, random)
    await wait(leastMs + random() * (mostMs - leastMs))
    await peer.kill()
    stopTyping()
    await wait(drainMs)
    const known = typists.map(({ replica }) => replica.acknowledged())
    for (const { replica } of typists) replica.disconnect()
    await peer.restart()

    const due = typists.map((typist, index) => {
      const edits = typist.replica.edits.slice(typist.checked, known[index])
      typist.checked = Math.max(typist.checked, known[index] ?? 0)
      return { document: typist.document, edits }
    })
    figures.acknowledged += due.reduce((sum, { edits }) => sum + edits.length, 0)
    figures.lost += await countMissing(peer, documents, due)
    figures.kills = kill
    if (kill % 10 === 0 || kill === kills)
      tell(`${peer.name}: ${kill} kills, ${figures.acknowledged} acknowledged, ${figures.lost} lost`)
    for (const { replica } of typists) replica.connect()
    await Promise.all(typists.map(({ replica }) => replica.ready()))
  }

  const stopTyping = startTyping(typists, editsPerSecond, random)
  await wait(leastMs)
  stopTyping()
  figures.edits = typists.reduce((sum, { replica }) => sum + replica.edits.length, 0)
  figures.diverged = await countDiverged(peer, typists, documents)
  for (const { replica } of typists) replica.close()
  return figures
}

function startTyping(typists: readonly Typist[], editsPerSecond: number, random: () => number): () => void {
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const schedule = (typist: Typist) => {
    // Not in step with anybody: the pauses vary around their mean.
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        typeNext(typist)
        schedule(typist)
      },
      (random() * 2_000) / editsPerSecond,
    )
    timers.add(timer)
  }
  for (const typist of typists) schedule(typist)
  return () => {
    for (const timer of timers) clearTimeout(timer)
  }
}

function typeNext(typist: Typist): void {
  const { moments } = typist.workload
  const moment = moments[typist.next % moments.length]
  typist.next += 1
  if (moment !== undefined) typist.replica.edit((text) => typeInto(text, moment))
}

/** How many of the edits somebody does not find who was not there before; a server that still loads has a moment's time. */
async function countMissing(
  peer: Peer,
  documents: number,
  due: readonly { document: number; edits: Edit[] }[],
): Promise<number> {
  const observers = await joinAll(peer, documents)
  let count = 0
  const look = () => {
    count = due.reduce((sum, { document, edits }) => {
      const doc = observers[document]?.doc
      return sum + (doc === undefined ? edits.length : missingEdits(doc, edits).length)
    }, 0)
    return count === 0
  }
  await until('nothing is missing', look, loadMs).catch(() => {})
  for (const observer of observers) observer.close()
  return count
}

function joinAll(peer: Peer, documents: number): Promise<Replica[]> {
  return Promise.all(Array.from({ length: documents }, (_, document) => peer.join(document)))
}

/** Replicas that never come to hold what a newcomer sees. */
async function countDiverged(peer: Peer, typists: readonly Typist[], documents: number): Promise<number> {
  let different: Typist[] = []
  const agree = async () => {
    const observers = await joinAll(peer, documents)
    different = typists.filter(({ document, replica }) => !sameState(observers[document]?.doc, replica.doc))
    for (const observer of observers) observer.close()
    return different.length === 0
  }
  await until('all replicas are equal', agree, 20_000).catch(() => {})
  return different.length
}

function sameState(stored: Y.Doc | undefined, doc: Y.Doc): boolean {
  if (stored === undefined || stored.getText('text').toString() !== doc.getText('text').toString()) return false
  const [one, other] = [stored, doc].map((each) => Y.decodeStateVector(Y.encodeStateVector(each)))
  return one?.size === other?.size && [...(one ?? [])].every(([client, clock]) => other?.get(client) === clock)
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
