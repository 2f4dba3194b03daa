import type { EndReason } from '#protocol/turns.ts'

/** An answer, what becomes of its blocks, and the files afterwards. */
export type CorpusStep = { answer: string; reason: EndReason; hunks: string[]; after: Map<string, string> }

/** `second`: what the model answers when it is told which blocks failed. */
export type CorpusCase = { name: string; shows: string; before: Map<string, string>; first: CorpusStep; second?: CorpusStep }

type Section = { keyword: string; argument: string; lines: string[] }

/** Reads one file of the corpus; its form is in corpus/README.md. Throws where it does not keep to it. */
export function readCorpus(text: string): CorpusCase[] {
  const cases: Section[][] = []
  for (const line of text.split('\n').slice(0, -1)) {
    const [, keyword = '', argument = ''] = /^¶ (\w+) ?(.*)$/.exec(line) ?? []
    const section = { keyword, argument, lines: [] }
    if (keyword === 'case') cases.push([section])
    else if (keyword !== '') cases.at(-1)?.push(section)
    else cases.at(-1)?.at(-1)?.lines.push(line)
  }
  return cases.map((sections, i) => {
    // The blank line between two cases is for the reader.
    if (i < cases.length - 1 && sections.at(-1)?.lines.pop() !== '') throw new Error(`no blank line after ${nameOf(sections)}`)
    return readCase(sections)
  })
}

function nameOf(sections: readonly Section[]): string {
  return sections[0]?.argument ?? ''
}

function readCase(sections: readonly Section[]): CorpusCase {
  const before = new Map<string, string>()
  const steps: CorpusStep[] = []
  for (const { keyword, argument, lines } of sections) {
    const step = steps.at(-1)
    const content = contentOf(lines)
    if (keyword === 'file') before.set(argument, content)
    else if (keyword === 'answer' || keyword === 'second') {
      const reason = argument === '' ? 'complete' : (argument as EndReason)
      steps.push({ answer: content, reason, hunks: [], after: new Map(step?.after ?? before) })
    } else if (keyword === 'expect') step?.hunks.push(...lines)
    else if (keyword === 'after') step?.after.set(argument, content)
    else if (keyword === 'gone') step?.after.delete(argument)
    else if (keyword !== 'case') throw new Error(`¶ ${keyword} in ${nameOf(sections)}`)
  }
  const [first, second] = steps
  if (first === undefined) throw new Error(`no answer in ${nameOf(sections)}`)
  const shows = sections[0]?.lines.join(' ') ?? ''
  return { name: nameOf(sections), shows, before, first, ...(second && { second }) }
}

const signs: Record<string, string> = { '␠': ' ', '␉': '\t', '␍': '\r', '⍽': '\u00A0' }

function contentOf(lines: readonly string[]): string {
  const text = lines.map((line) => `${line}\n`).join('')
  return text
    .replace(/¬\n$/, '')
    .replace(/[␠␉␍⍽]/g, (sign) => signs[sign] ?? sign)
    .replace(/⟪(.*?)×(\d+)⟫/g, (_, piece: string, count: string) => piece.repeat(Number(count)))
}
