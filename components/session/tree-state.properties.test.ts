/* oxlint-disable no-restricted-imports -- the trees that are compared with the tabs' are the real server's */
import fc from 'fast-check'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { TreeChange } from '#protocol/tree.ts'
import { createDocuments } from '#documents/create-documents.ts'
import { createSessions } from '#sessions/create-sessions.ts'
import { SessionFailure, type TreeOperation } from '#sessions/sessions.ts'
import { openStore } from '#store/open-store.ts'
import { changedTree, emptyTree, treeOf, type TreeState } from './tree-state.ts'

const log = pino({ level: 'silent' })
const paths = ['a', 'b', 'A', 'd/a', 'd/b', 'd/e/a', 'D/c', 'e'] as const
const folders = ['d', 'd/e', 'e', 'D'] as const

type Step =
  | { type: 'ask'; tab: number; operation: (files: readonly { fileId: string }[]) => TreeOperation | undefined }
  /** So many of the events that wait for a tab arrive. */
  | { type: 'deliver'; tab: number; count: number }
  /** An answer that waits arrives, before the events that were sent before it. */
  | { type: 'answer'; tab: number }
  | { type: 'drop' | 'rejoin'; tab: number }
  | { type: 'server' }

const anyPath = fc.constantFrom(...paths)
const anyFolder = fc.constantFrom(...folders)
const anyOperation = fc.oneof(
  fc.tuple(anyPath).map(
    ([path]) =>
      () =>
        ({ type: 'createFile', path }) as const,
  ),
  fc.tuple(anyFolder).map(
    ([path]) =>
      () =>
        ({ type: 'createFolder', path }) as const,
  ),
  fc.tuple(anyFolder).map(
    ([path]) =>
      () =>
        ({ type: 'deleteFolder', path }) as const,
  ),
  fc.tuple(anyFolder, anyFolder).map(
    ([from, to]) =>
      () =>
        ({ type: 'renameFolder', from, to }) as const,
  ),
  fc.tuple(fc.nat(9), anyPath).map(([at, path]) => (files: readonly { fileId: string }[]) => {
    const file = files[at % Math.max(1, files.length)]
    return file && ({ type: 'renameFile', fileId: file.fileId, path } as const)
  }),
  fc.tuple(fc.nat(9), fc.boolean()).map(([at, copy]) => (files: readonly { fileId: string }[]) => {
    const file = files[at % Math.max(1, files.length)]
    return file && ({ type: copy ? 'duplicateFile' : 'deleteFile', fileId: file.fileId } as const)
  }),
)
const tab = fc.nat(2)
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('ask' as const), tab, operation: anyOperation }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('deliver' as const), tab, count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('answer' as const), tab }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('drop' as const, 'rejoin' as const), tab }) },
  { weight: 4, arbitrary: fc.constant({ type: 'server' as const }) },
)

/** A tab with what is on its way to it. */
type Tab = { tree: TreeState; events: TreeChange[]; answers: TreeChange[]; online: boolean }

async function room() {
  const store = await openStore({ file: ':memory:', log })
  const documents = createDocuments({ store, log })
  let lastId = 0
  const sessions = createSessions({
    store,
    documents,
    samplesDir: fileURLToPath(new URL('../../server/sessions/samples', import.meta.url)),
    clock: () => 0,
    ids: () => `id${++lastId}`,
    defaultBackend: () => ({ backendId: 'replay', model: 'recorded' }),
    log,
  })
  const close = async () => {
    await sessions.close()
    await documents.close()
    await store.close()
  }
  return { sessions, close }
}

function expectOneFilePerPath({ files }: TreeState): void {
  expect(new Set(files.map(({ path }) => path)).size).toBe(files.length)
  expect(new Set(files.map(({ fileId }) => fileId)).size).toBe(files.length)
}

/** What the server will not do is part of the plan; anything else is not. */
function refusedOnly(error: unknown): void {
  if (!(error instanceof SessionFailure)) throw error
}

async function play(steps: readonly Step[]): Promise<void> {
  const { sessions, close } = await room()
  try {
    const { sessionId } = await sessions.createEmpty('ada')
    const tabs = Array.from({ length: 3 }, (): Tab => ({ tree: emptyTree, events: [], answers: [], online: true }))
    sessions.onEvent((event) => {
      if (event.type === 'tree') for (const one of tabs) if (one.online) one.events.push(event.change)
    })
    const asked: Promise<unknown>[] = []
    const fold = (one: Tab, changes: TreeChange[]) => {
      for (const change of changes) {
        one.tree = changedTree(one.tree, change)
        expectOneFilePerPath(one.tree)
      }
    }
    // It enters the session's room before it reads the snapshot, as a join does; what arrives meanwhile is folded after it.
    const join = async (one: Tab) => {
      one.online = true
      const snapshot = await sessions.tree(sessionId)
      if (one.online) one.tree = treeOf(snapshot)
    }
    for (const step of steps) {
      if (step.type === 'server') {
        await Promise.all(asked)
        continue
      }
      const one = tabs[step.tab]
      if (one === undefined) continue
      if (step.type === 'deliver' && one.online) fold(one, one.events.splice(0, step.count))
      if (step.type === 'answer' && one.online) fold(one, one.answers.splice(0, 1))
      if (step.type === 'drop') Object.assign(one, { online: false, events: [], answers: [] })
      if (step.type === 'rejoin' && !one.online) await join(one)
      if (step.type !== 'ask' || !one.online) continue
      const operation = step.operation(one.tree.files)
      if (operation === undefined) continue
      const answered = sessions.changeTree(sessionId, operation).then((change) => {
        if (one.online) one.answers.push(change)
      })
      asked.push(answered.catch(refusedOnly))
    }
    await Promise.all(asked)
    for (const [place, one] of tabs.entries()) {
      if (!one.online) await join(one)
      // Both extremes: answers that overtake every event, and answers that come after all of them.
      if (place === 0) fold(one, one.answers.splice(0))
      fold(one, one.events.splice(0))
      fold(one, one.answers.splice(0))
    }
    const { files, folders: empty } = await sessions.tree(sessionId)
    const byId = (nodes: readonly { fileId: string }[]) => nodes.toSorted((a, b) => (a.fileId < b.fileId ? -1 : 1))
    for (const { tree } of tabs) {
      expect(byId(tree.files)).toEqual(byId(files))
      expect(tree.folders).toEqual(empty)
    }
    expect(new Set(files.map(({ path }) => path.toLowerCase())).size).toBe(files.length)
  } finally {
    await close()
  }
}

test(
  '[F2] [F3] whatever is asked at once, and in whatever order it arrives, every tab ends with the server’s tree and one file per path',
  { timeout: 120_000 },
  async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 60 }), play), { numRuns: 120, seed: 20 })
  },
)
