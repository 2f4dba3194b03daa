import { limits } from '#protocol/limits.ts'
import type { Tolerance } from './parser-events.ts'

/** A file path that the answer names. `refused`: not a relative path inside the session; `path` is then as written. */
export type NamedPath = { path: string; refused: boolean; tolerances: Tolerance[] }

const namesWithoutExtension = new Set([
  'Makefile',
  'Dockerfile',
  'Procfile',
  'Gemfile',
  'Rakefile',
  'Jenkinsfile',
  'LICENSE',
  'README',
])
const dotFile = /^\.(?:env|[a-z]*(?:ignore|rc|config|attributes|modules|keep|version))$/i
/** Names of frameworks and languages that look like a file name where a fence names its language. */
const languagesWithDot = new Set(['asp.net', 'vb.net', 'node.js', 'next.js', 'vue.js', 'react.js', 'three.js', 'd3.js'])

const command = /^(?:npm|npx|pnpm|yarn|bun|deno|node|tsx|python3?|pip|go|cargo|make|git|cd|cat|ls|mv|cp|rm|curl|bash|sh)\s/

const label = /^(?:file|path|filename|file ?path)\s*:\s*/i
const longestLine = limits.pathLength + 64

/**
 * Reads a line that holds a path and nothing else. Decoration is stripped: backquotes, bold, a heading's `#` and number, a label
 * (`File:`), a trailing colon. Without spaces unless it stands in backquotes.
 */
export function pathAlone(line: string): NamedPath | undefined {
  if (line.length > longestLine) return undefined
  const written = line.trim()
  let text = written.replace(/^#+\s*/, '').replace(/^\d+[.)]\s+/, '')
  let quoted = false
  for (let before = ''; before !== text;) {
    before = text
    text = text
      .replace(/\s*:$/, '')
      .replace(/^\*\s+/, '')
      .replace(/^(\*{1,3})([^*]+)\1/, '$2')
      .trim()
    text = text.replace(label, '')
    const unquoted = /^(`+)([^`]+)\1$/.exec(text)?.[2]
    if (unquoted !== undefined) {
      text = unquoted.trim()
      quoted = true
    }
  }
  if (!looksLikePath(text, quoted)) return undefined
  return named(text, text === written ? [] : ['decorated_path'])
}

/** Reads the path in a fence's info string: `src/a.ts`, `ts src/a.ts`, `ts:src/a.ts`, `ts title="src/a.ts"`. */
export function pathInInfoString(info: string): NamedPath | undefined {
  if (info === '' || info.length > longestLine) return undefined
  const attribute = /(?:^|\s)(?:title|file|filename|path|name)=(?:"([^"]+)"|'([^']+)'|(\S+))/i.exec(info)
  const [first = '', second, ...rest] = info.split(/\s+/)
  const candidates = [
    attribute?.[1] ?? attribute?.[2] ?? attribute?.[3],
    /^[\w+#-]{2,}:(.+)$/.exec(first)?.[1],
    rest.length === 0 ? second : undefined,
    second === undefined && !languagesWithDot.has(first.toLowerCase()) ? first : undefined,
  ]
  const path = candidates.find((candidate) => candidate !== undefined && looksLikePath(candidate, false))
  return path === undefined ? undefined : named(path, ['path_in_info_string'])
}

/** Reads what follows the colon of a patch's header: all of it is the path, in quotes or without. */
export function pathInHeader(text: string): NamedPath | undefined {
  const written = text.trim()
  const path = /^(`+|\*\*|["'])(.+)\1$/.exec(written)?.[2]?.trim() ?? written
  if (path === '') return undefined
  return named(path, path === written ? [] : ['decorated_path'])
}

/** The one path that a sentence names in backquotes, if it is exactly one. */
export function pathInSentence(line: string): NamedPath | undefined {
  if (line.length > 4 * longestLine) return undefined
  const paths = new Set<string>()
  for (const [, quoted = ''] of line.matchAll(/`([^`]+)`/g)) if (looksLikePath(quoted, false)) paths.add(quoted)
  const [path, other] = paths
  return path === undefined || other !== undefined ? undefined : named(path, ['path_in_sentence'])
}

function looksLikePath(text: string, quoted: boolean): boolean {
  if (text === '' || text.includes('://') || /[<>"'`|?*;,=]/.test(text)) return false
  if (/\s/.test(text) && (!quoted || command.test(text))) return false
  if (/^\/\/|[/\\.]$/.test(text)) return false
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1)
  if (/[/\\]/.test(text)) return /[\p{L}\p{N}_]/u.test(name)
  return /^\.?[^.].*\.(?=\d*[A-Za-z])[A-Za-z0-9_-]{1,16}$/.test(name) || dotFile.test(name) || namesWithoutExtension.has(name)
}

function named(written: string, tolerances: Tolerance[]): NamedPath {
  let path = written
  const counted = [...tolerances]
  if (path.includes('\\') && !path.includes('/')) {
    path = path.replaceAll('\\', '/')
    counted.push('backslash_path')
  }
  if (path.startsWith('./')) {
    path = path.replace(/^(?:\.\/)+/, '')
    counted.push('dot_slash_path')
  }
  if (isRefused(path)) return { path: written, refused: true, tolerances: [] }
  return { path, refused: false, tolerances: counted }
}

function isRefused(path: string): boolean {
  if (path.length > limits.pathLength || /^[/~\\]|^[A-Za-z]:/.test(path)) return true
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  if (/[\u0000-\u001f\u007f]/.test(path)) return true
  return path.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')
}
