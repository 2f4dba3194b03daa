import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** For every boundary a file that crosses it, and the beginning of what its author must be told. */
const planted: [file: string, imported: string, message: string][] = [
  ['protocol/planted.ts', '#store/store.ts', 'The contract imports nothing but zod'],
  ['protocol/planted-node.ts', 'node:path', 'The contract imports nothing but zod'],
  ['server/planted.ts', 'better-sqlite3', 'Only server/store talks to a database'],
  ['server/http/planted.ts', '#edits/match.ts', 'server/http reaches the domain rooms only'],
  ['server/http/planted-store.ts', '#store/store.ts', 'server/http reaches the domain rooms only'],
  ['server/http/planted-socket.ts', 'socket.io', 'Only server/socket knows Socket.IO'],
  ['server/socket/planted.ts', '#store/store.ts', 'server/socket reaches the domain rooms only'],
  ['server/socket/planted-next.ts', 'next', 'Only the composition root'],
  ['server/sessions/planted.ts', '#turns/turns.ts', 'server/sessions uses documents, store'],
  ['server/documents/planted.ts', '#sessions/sessions.ts', 'server/documents uses store'],
  ['server/sessions/planted-messages.ts', '#messages/messages.ts', 'server/sessions uses documents, store'],
  ['server/documents/planted-messages.ts', '#messages/messages.ts', 'server/documents uses store'],
  ['server/turns/planted-messages.ts', '#messages/messages.ts', 'server/turns uses sessions'],
  ['server/reviews/planted-messages.ts', '#messages/messages.ts', 'server/reviews uses sessions'],
  ['server/messages/planted-reviews.ts', '#reviews/reviews.ts', 'server/messages uses store and nothing beside it'],
  ['server/store/planted-messages.ts', '#messages/messages.ts', 'server/store is below the domain rooms'],
  ['server/messages/planted.ts', '#turns/turns.ts', 'server/messages uses store and nothing beside it'],
  ['server/turns/planted.ts', '#socket/connection.ts', 'Domain rooms do not know who serves them'],
  ['server/turns/planted-driver.ts', 'kysely', 'Only server/store talks to a database'],
  ['server/turns/planted-reviews.ts', '#reviews/reviews.ts', 'server/turns uses sessions'],
  ['server/reviews/planted.ts', '#model/model.ts', 'server/reviews uses sessions'],
  ['server/reviews/planted-socket.ts', '#socket/connection.ts', 'Domain rooms do not know who serves them'],
  ['server/edits/planted.ts', 'node:fs', 'server/edits is pure'],
  ['server/edits/planted-yjs.ts', 'yjs', 'server/edits is pure'],
  ['server/model/planted.ts', '#turns/turns.ts', 'server/model is below the domain rooms'],
  ['server/store/planted.ts', 'undici', 'Only server/model talks to backends'],
  ['server/store/planted-page.ts', '#ui/button.tsx', "The server never imports the browser's half"],
  ['server/threads/planted.ts', '#store/store.ts', 'server/threads is below every other room'],
  ['server/socket/planted-threads.ts', '#threads/job-thread.ts', 'server/socket reaches the domain rooms only'],
  ['server/messages/planted-threads.ts', '#threads/job-thread.ts', 'server/messages uses store and nothing beside it'],
  ['server/reviews/planted-threads.ts', '#threads/job-thread.ts', 'server/reviews uses sessions'],
  ['server/edits/planted-threads.ts', '#threads/job-thread.ts', 'server/edits is pure'],
  ['server/turns/planted-root.ts', '../flint.ts', 'Nothing imports the composition root'],
  ['app/planted.tsx', '#store/store.ts', 'Pages never import the server'],
  ['app/planted-room.tsx', '#editor/editor-area.tsx', 'A page picks a component of workbench or landing'],
  ['components/chat/planted.tsx', '#turns/turns.ts', 'Pages never import the server'],
  ['components/chat/planted-room.tsx', '#editor/editor-area.tsx', 'Only components/workbench composes'],
  ['components/editor/planted.tsx', 'socket.io-client', 'Only components/session holds the socket'],
  ['components/files/planted.tsx', '#chat/chat-panel.tsx', 'Only components/workbench composes'],
  ['components/landing/planted.tsx', '#workbench/workbench.tsx', 'Only components/workbench composes'],
  ['components/people/planted.tsx', '#files/files-panel.tsx', 'Only components/workbench composes'],
  ['components/people/planted-server.tsx', '#sessions/presence.ts', 'Pages never import the server'],
  ['components/files/planted-people.tsx', '#people/people-panel.tsx', 'Only components/workbench composes'],
  ['components/review/planted.tsx', '#editor/editor-area.tsx', 'Only components/workbench composes'],
  ['components/review/planted-server.tsx', '#turns/turns.ts', 'Pages never import the server'],
  ['components/files/planted-review.tsx', '#review/changes-panel.tsx', 'Only components/workbench composes'],
  ['components/sharing/planted.tsx', '#chat/chat-panel.tsx', 'Only components/workbench composes'],
  ['components/sharing/planted-server.tsx', '#sessions/sessions.ts', 'Pages never import the server'],
  ['components/chat/planted-sharing.tsx', '#sharing/entrance.tsx', 'Only components/workbench composes'],
  ['components/speed/planted.tsx', '#editor/editor-area.tsx', 'Only components/workbench composes'],
  ['components/session/planted.tsx', '#editor/editor-area.tsx', 'components/session is below'],
  ['components/ui/planted.tsx', '#session/session-provider.tsx', 'components/ui holds controls'],
  ['components/workbench/planted.tsx', '#documents/documents.ts', 'Pages never import the server'],
  ['scripts/apply/planted.ts', '#store/store.ts', 'scripts/apply uses edits and protocol'],
  ['simulation/planted.ts', '#editor/file-model.ts', 'The simulation joins components/session'],
  ['e2e/planted.ts', '../server/env.ts', 'Journeys know the running app'],
  ['e2e/binding/planted.ts', '#editor/file-model.ts', 'Journeys know the running app'],
  ['e2e/binding/page/planted.ts', '#documents/documents.ts', 'This page holds components/editor alone'],
]

/** Crossings that are meant. */
const allowed: [file: string, imported: string][] = [
  ['protocol/allowed.ts', 'zod'],
  ['protocol/allowed-hash.ts', 'lib0/hash/sha256'],
  ['server/turns/allowed.ts', '#edits/match.ts'],
  ['server/edits/allowed.ts', '#protocol/hunks.ts'],
  ['scripts/apply/allowed.ts', '#edits/apply-answer.ts'],
  ['components/workbench/allowed.tsx', '#chat/chat-panel.tsx'],
  ['components/workbench/allowed-review.tsx', '#review/changes-panel.tsx'],
  ['app/allowed.tsx', '#workbench/workbench.tsx'],
  ['simulation/allowed.ts', '#session/client-documents.ts'],
  ['simulation/allowed-server.ts', '#documents/create-documents.ts'],
  ['e2e/binding/page/allowed.ts', '#editor/file-model.ts'],
]

type Diagnostic = { message: string; code: string; filename: string; help?: string }

describe('room boundaries', () => {
  let folder: string
  let diagnostics: Diagnostic[]

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'flint-boundaries-'))
    await cp(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'))
    for (const [file, imported] of [...planted, ...allowed]) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await writeFile(path.join(folder, file), `import { something } from '${imported}'\nsomething()\n`)
    }
    diagnostics = lint(folder)
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each(planted)('%s may not import %s', (file, _imported, message) => {
    const told = diagnostics.filter((one) => one.filename === file && one.code === 'eslint(no-restricted-imports)')
    expect(told.map((one) => `${one.message} ${one.help ?? ''}`).join('\n')).toContain(message)
  })

  test.each(allowed)('%s may import %s', (file) => {
    expect(diagnostics.filter((one) => one.filename === file && one.code === 'eslint(no-restricted-imports)')).toEqual([])
  })
})

function lint(folder: string): Diagnostic[] {
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint')
  try {
    execFileSync(process.execPath, [oxlint, '--format', 'json'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
    return []
  } catch (error) {
    return (JSON.parse(String((error as { stdout: Buffer }).stdout)) as { diagnostics: Diagnostic[] }).diagnostics
  }
}
