import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

/** Bundled once, before the page asks for them: meeting them one after another would load the page again each time. */
const packages = [
  '@monaco-editor/react',
  'diff',
  'fast-check',
  'monaco-editor/editor',
  'monaco-editor/editor/editor.worker.js',
  'monaco-editor/features/register.all',
  'monaco-editor/languages/definitions/register.all',
  'monaco-editor/languages/features/register.all',
  'yjs',
]

/** Serves the page in `page/`: Monaco and the editor's own sources, without the app around them. */
export async function servePage(): Promise<{ url: string; close(): Promise<void> }> {
  const cacheDir = await mkdtemp(path.join(tmpdir(), 'flint-binding-'))
  const server = await createViteServer({
    configFile: false,
    root: fileURLToPath(new URL('page', import.meta.url)),
    cacheDir,
    logLevel: 'error',
    optimizeDeps: { include: packages },
    server: {
      host: '127.0.0.1',
      port: 0,
      hmr: false,
      watch: null,
      fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] },
    },
  })
  await server.listen()
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('the page is not served')
  return {
    url,
    async close() {
      await server.close()
      await rm(cacheDir, { recursive: true, force: true })
    },
  }
}
