import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { formatPatch, structuredPatch } from 'diff'

/** A file on one side of a patch, with its own line endings. */
export type PatchSide = { path: string; bytes: Uint8Array; isText: boolean }

/** Two texts that are this hard to compare are replaced as a whole. */
const longestDiffMs = 2_000
const contextLines = 3

/** What `git apply` makes `after` of `before` with; empty where they are the same. One of them is there. */
export function filePatch(before: PatchSide | undefined, after: PatchSide | undefined): string {
  const isSame = before !== undefined && after !== undefined && Buffer.compare(before.bytes, after.bytes) === 0
  if (isSame && before.path === after.path) return ''
  const isText = before?.isText !== false && after?.isText !== false
  const oldPath = before?.path ?? after?.path ?? ''
  const newPath = after?.path ?? oldPath
  const header = formatPatch({
    oldFileName: `a/${oldPath}`,
    newFileName: `b/${newPath}`,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [],
    isGit: true,
    isCreate: before === undefined,
    isDelete: after === undefined,
    isRename: oldPath !== newPath,
  })
  if (isSame) return header
  return header + (isText ? textHunks(before, after) : binaryChange(before, after))
}

function textHunks(before: PatchSide | undefined, after: PatchSide | undefined): string {
  const [oldText, newText] = [textOf(before), textOf(after)]
  if (oldText === newText) return ''
  const names = [before && `a/${before.path}`, after && `b/${after.path}`].map((name) => name ?? '/dev/null')
  const [oldName = '', newName = ''] = names
  const patch = structuredPatch(oldName, newName, oldText, newText, undefined, undefined, {
    context: contextLines,
    timeout: longestDiffMs,
  })
  const hunks = patch?.hunks ?? [wholeHunk(oldText, newText)]
  return formatPatch(
    { oldFileName: oldName, newFileName: newName, oldHeader: undefined, newHeader: undefined, hunks },
    { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  )
}

/** Takes away every old line and adds every new one. */
function wholeHunk(oldText: string, newText: string) {
  const [oldLines, newLines] = [linesOf(oldText), linesOf(newText)]
  const noNewline = String.raw`\ No newline at end of file`
  const marked = (lines: string[], sign: string, text: string) => [
    ...lines.map((line) => sign + line),
    ...(lines.length > 0 && !text.endsWith('\n') ? [noNewline] : []),
  ]
  return {
    oldStart: 1,
    oldLines: oldLines.length,
    newStart: 1,
    newLines: newLines.length,
    lines: [...marked(oldLines, '-', oldText), ...marked(newLines, '+', newText)],
  }
}

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** As git writes it: both contents whole, deflated, in base 85. */
function binaryChange(before: PatchSide | undefined, after: PatchSide | undefined): string {
  const literal = ({ bytes }: { bytes: Uint8Array }) => `literal ${bytes.byteLength}\n${base85Lines(deflateSync(bytes))}\n`
  const none = { bytes: new Uint8Array() }
  const hash = (side: PatchSide | undefined) => (side === undefined ? '0'.repeat(40) : blobHash(side.bytes))
  return `index ${hash(before)}..${hash(after)}\nGIT binary patch\n${literal(after ?? none)}${literal(before ?? none)}`
}

function blobHash(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex')
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
const bytesPerLine = 52

/** Each line begins with its number of bytes: A to Z for 1 to 26, a to z for 27 to 52. */
function base85Lines(bytes: Uint8Array): string {
  let lines = ''
  for (let at = 0; at < bytes.byteLength; at += bytesPerLine) {
    const line = bytes.subarray(at, at + bytesPerLine)
    const count = line.byteLength
    lines += String.fromCharCode(count <= 26 ? 64 + count : 70 + count)
    for (let group = 0; group < count; group += 4) {
      let value = 0
      for (let byte = 0; byte < 4; byte += 1) value = value * 256 + (line[group + byte] ?? 0)
      let encoded = ''
      for (let digit = 0; digit < 5; digit += 1) {
        encoded = (digits[value % 85] ?? '') + encoded
        value = Math.floor(value / 85)
      }
      lines += encoded
    }
    lines += '\n'
  }
  return lines
}

function textOf(side: PatchSide | undefined): string {
  return side === undefined ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(side.bytes)
}
