import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as Monaco from 'monaco-editor'

const vs = fileURLToPath(new URL('../node_modules/monaco-editor/min/vs', import.meta.url))

const page = `<!doctype html><meta charset="utf-8"><style>body{margin:0}#editor{width:800px;height:800px}</style>
<div id="editor"></div><script src="/vs/loader.js"></script><script>
require.config({ paths: { vs: '/vs' } })
window.ready = new Promise((resolve) => require(['vs/editor/editor.main'], resolve))
</script>`

/** Serves a page with nothing but Monaco: the floor that no editor built on it can go below. */
export async function serveBareMonaco(): Promise<{ url: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://bare').pathname
    if (!name.startsWith('/vs/')) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page)
      return
    }
    const file = path.join(vs, path.normalize(name.slice(4)))
    readFile(file).then(
      (bytes) => response.setHeader('Content-Type', file.endsWith('.css') ? 'text/css' : 'text/javascript').end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

/** Runs in that page: appends `text` to a file at a steady pace, one `applyEdits` per frame, and gives back the frame times (ms). */
export async function appendAtPace({
  file,
  text,
  seconds,
}: {
  file: string
  text: string
  seconds: number
}): Promise<number[]> {
  const page = window as unknown as { monaco: typeof Monaco; ready: Promise<unknown> }
  await page.ready
  const { editor: api, Uri } = page.monaco
  const model = api.createModel(file, 'typescript', Uri.parse('file:///big.ts'))
  const element = document.querySelector<HTMLElement>('#editor')
  if (element === null) throw new Error('no place for the editor')
  const editor = api.create(element, { model, automaticLayout: false, minimap: { enabled: false } })
  editor.revealLine(model.getLineCount())
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const frames: number[] = []
  await new Promise<void>((resolve) => {
    const start = performance.now()
    let before = start
    let written = 0
    const frame = (now: number) => {
      frames.push(now - before)
      before = now
      const due = Math.min(text.length, Math.floor(((now - start) / (seconds * 1_000)) * text.length))
      if (due > written) {
        const line = model.getLineCount()
        const column = model.getLineMaxColumn(line)
        model.applyEdits([
          {
            range: { startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: column },
            text: text.slice(written, due),
          },
        ])
        written = due
        editor.revealLine(model.getLineCount())
      }
      if (written < text.length) requestAnimationFrame(frame)
      else resolve()
    }
    requestAnimationFrame(frame)
  })
  return frames.slice(1)
}
