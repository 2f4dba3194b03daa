import type { ModelEvent, ModelRequest } from '#model/model.ts'
import { createSeededRandom } from '#model/replay/seeded-random.ts'
import type { TurnFailure } from '#protocol/failures.ts'
import { assistantCharacter } from './person.ts'

/** What a model sends, one network read after the other, and how it breaks off where it does. */
export type Answer = { reads: ModelEvent[][]; failure?: TurnFailure }

type Random = { whole(below: number): number; share(): number }
type ShownFile = { path: string; lines: string[] }

/** Lines that somebody pasted are not repeated. */
const longestQuote = 200

/** The prompt of a turn whose answer this seed decides. */
export function promptOf(seed: number): string {
  return `Change something (seed ${seed})`
}

/** An answer that depends on the request alone: thinking, sentences, and blocks that change, create or misquote files. */
export function answerTo(request: ModelRequest): Answer {
  const seed = Number(/\(seed (\d+)\)/.exec(request.messages.map(({ content }) => content).join('\n'))?.[1] ?? 0)
  const share = createSeededRandom(seed + request.messages.length)
  const random: Random = { share, whole: (below) => Math.floor(share() * below) }
  const thinking = random.share() < 0.4 ? `Let me see ${'… 🤔 '.repeat(1 + random.whole(4))}` : ''
  const reads = [
    ...pieces(thinking, random).map((text): ModelEvent[] => [{ type: 'reasoning', text }]),
    ...pieces(textOf(request, random), random).map((text): ModelEvent[] => [{ type: 'text', text }]),
  ]
  const end = random.share()
  if (end < 0.08) return { reads: reads.slice(0, random.whole(reads.length)), failure: { code: 'stream_truncated' } }
  return { reads: [...reads, [{ type: 'end', finishReason: end < 0.16 ? 'length' : 'stop' }]] }
}

/** Cut anywhere, also inside a surrogate pair. */
function pieces(text: string, { whole }: Random): string[] {
  const cut: string[] = []
  for (let at = 0; at < text.length;) {
    const length = 1 + whole(24)
    cut.push(text.slice(at, at + length))
    at += length
  }
  return cut
}

function textOf(request: ModelRequest, random: Random): string {
  if (request.selectedText !== undefined)
    return `\`\`\`ts\n${changed(request.selectedText.split('\n'), random).join('\n')}\n\`\`\`\n`
  const files = shownFiles(request)
  const parts = [sentence(random)]
  for (let left = random.whole(4); left > 0; left -= 1) parts.push(block(files, random), sentence(random))
  return parts.join('\n')
}

function sentence({ whole }: Random): string {
  return `This is step ${whole(100)}${' 🐍'.repeat(whole(3))}.\n`
}

function block(files: readonly ShownFile[], random: Random): string {
  const file = files[random.whole(files.length)]
  const kind = random.share()
  if (file === undefined || kind < 0.15) return asBlock(`new-${random.whole(3)}.ts`, [], changed([], random))
  if (kind < 0.3) return asBlock(file.path, ['there is no such line'], changed([], random))
  const from = random.whole(file.lines.length)
  const old = file.lines.slice(from, from + 1 + random.whole(3))
  return asBlock(file.path, old, changed(old, random))
}

function asBlock(path: string, oldLines: readonly string[], newLines: readonly string[]): string {
  return [path, '```ts', '<<<<<<< SEARCH', ...oldLines, '=======', ...newLines, '>>>>>>> REPLACE', '```', ''].join('\n')
}

/** The lines with one less, one more, or another one. */
function changed(lines: readonly string[], { whole }: Random): string[] {
  const at = whole(lines.length + 1)
  const written = Array.from({ length: whole(4) }, () => assistantCharacter.repeat(1 + whole(20)))
  return [...lines.slice(0, at), ...written, ...lines.slice(at + whole(2))]
}

function shownFiles({ messages }: ModelRequest): ShownFile[] {
  const shown = messages.findLast(({ content }) => content.includes('\nContents now.'))?.content ?? ''
  return [...shown.matchAll(/^(.+)\n(`{3,})\n([\s\S]*?)\n\2$/gm)].flatMap(([, path = '', , text = '']) => {
    const lines = text.split('\n').filter((line) => line.length <= longestQuote)
    return lines.length > 0 ? [{ path, lines }] : []
  })
}
