import type { FileNode } from '#protocol/sessions.ts'

const mainNames = /^(main|index|app|game|cli|__main__|server)\.(ts|tsx|js|jsx|mjs|py|go|rs)$/i
const source = /\.(ts|tsx|js|jsx|mjs|py|go|rs|java|c|cpp|rb|php|swift|kt)$/i
const page = /\.(html?|css)$/i
const aside = /(^|\/)(tests?|__tests__|node_modules|dist|build)\/|\.(test|spec|config|d)\.[a-z]+$/i

function rank(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (aside.test(path)) return 6
  if (mainNames.test(name)) return 0
  if (name === '__init__.py') return 5
  if (source.test(name)) return 1
  if (/^index\.html?$/i.test(name)) return 2
  if (page.test(name)) return 3
  return /^readme/i.test(name) ? 4 : 6
}

/** What a session that is opened for the first time shows: its main source file, and a README beside it. */
export function firstFiles(files: FileNode[]): { active: string; background: string[] } | undefined {
  const texts = files.filter((file) => file.kind === 'text')
  const depth = (file: FileNode) => file.path.split('/').length
  const [main] = texts.toSorted((one, other) => rank(one.path) - rank(other.path) || depth(one) - depth(other))
  if (!main) return undefined
  const readme = texts.find((file) => /^readme(\.\w+)?$/i.test(file.path) && file.fileId !== main.fileId)
  return { active: main.fileId, background: readme ? [readme.fileId] : [] }
}
