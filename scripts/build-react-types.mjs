// Writes public/types/react.json: React's type files for the editor's language service, so that `import { useState } from 'react'`
// and JSX resolve offline. Run before the server starts; does nothing when the file is newer than what it is made from.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const target = path.join(root, 'public/types/react.json')
const packages = ['@types/react', '@types/react-dom', 'csstype']
/** Typings for React's own experiments; nobody gets them without asking, and this is not asking. */
const leftOut = /(canary|experimental)\.d\.ts$|ts5\.0\//

async function typeFiles(name) {
  const folder = path.join(root, 'node_modules', name)
  const entries = await readdir(folder, { recursive: true })
  return entries
    .map((entry) => entry.split(path.sep).join('/'))
    .filter((entry) => entry.endsWith('.d.ts') && !leftOut.test(entry))
    .map((entry) => ({ from: path.join(folder, entry), to: `file:///node_modules/${name}/${entry}` }))
}

async function modifiedAt(file) {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}

const files = (await Promise.all(packages.map(typeFiles))).flat()
const newest = Math.max(
  ...(await Promise.all(files.map(({ from }) => modifiedAt(from)))),
  await modifiedAt(fileURLToPath(import.meta.url)),
)
if ((await modifiedAt(target)) < newest) {
  const texts = await Promise.all(files.map(async ({ from, to }) => [to, await readFile(from, 'utf8')]))
  await mkdir(path.dirname(target), { recursive: true })
  await writeFile(
    target,
    JSON.stringify({ files: Object.fromEntries(texts.toSorted(([one], [other]) => (one < other ? -1 : 1))) }),
  )
}
