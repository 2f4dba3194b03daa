import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AnswerApplication, type AppliedAnswer } from './apply-answer.ts'
import type { AppliedHunk } from './applied-hunk.ts'
import { readCorpus, type CorpusCase, type CorpusStep } from './testing/read-corpus.ts'

const folder = new URL('./corpus/', import.meta.url)
const themes = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const corpus = new Map(themes.map((theme) => [theme, readCorpus(readFileSync(new URL(theme, folder), 'utf8'))]))
const cases = [...corpus.values()].flat()

type Result = { hunks: string[]; after: Map<string, string> }

function apply(before: ReadonlyMap<string, string>, { reason }: CorpusStep, chunks: Iterable<string>): Result {
  const application = new AnswerApplication({
    read: (path) => readFrom(before, path),
    formats: ['search_replace', 'patch', 'whole_file'],
    strict: false,
    newDeadline: () => () => false,
  })
  for (const chunk of chunks) application.push(chunk)
  const applied = application.end(reason)
  return { hunks: applied.hunks.map(written), after: filesAfter(before, applied) }
}

function readFrom(files: ReadonlyMap<string, string>, path: string) {
  const text = files.get(path)
  if (text !== undefined) return { kind: 'text', text } as const
  const known = [...files.keys()]
  if (known.some((other) => path.startsWith(`${other}/`))) return { kind: 'untouchable', code: 'not_a_folder' } as const
  if (known.some((other) => other.startsWith(`${path}/`))) return { kind: 'untouchable', code: 'not_a_file' } as const
  return { kind: 'missing' } as const
}

function written({ op, path, state, rung, code }: AppliedHunk): string {
  const detail = rung ?? code
  return `${op} ${path} → ${state}${detail === null ? '' : ` ${detail}`}`
}

function filesAfter(before: ReadonlyMap<string, string>, { writes, deletions }: AppliedAnswer): Map<string, string> {
  const after = new Map(before)
  for (const { path } of deletions) after.delete(path)
  for (const { path, text } of writes) after.set(path, text)
  return after
}

function stepsOf({ before, first, second }: CorpusCase) {
  return [{ step: first, files: before }, ...(second === undefined ? [] : [{ step: second, files: first.after }])]
}

function expected({ hunks, after }: CorpusStep): Result {
  return { hunks, after }
}

function characters(text: string): string[] {
  return text.split('')
}

/** Chunks of a text by the numbers that say how long each is; the rest comes at once. */
function cut(text: string, lengths: readonly number[]): string[] {
  const chunks: string[] = []
  let from = 0
  for (const length of lengths) {
    chunks.push(text.slice(from, from + length))
    from += length
  }
  return [...chunks, text.slice(from)]
}

describe.each([...corpus])('%s', (_, ofTheme) => {
  test.each(ofTheme.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    for (const { step, files } of stepsOf(one)) {
      expect(apply(files, step, [step.answer])).toEqual(expected(step))
      expect(apply(files, step, characters(step.answer))).toEqual(expected(step))
    }
  })
})

test('what becomes of an answer does not depend on how it is cut into chunks', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 })
  for (const one of cases) {
    for (const { step, files } of stepsOf(one)) {
      const holds = (chunks: number[]) => {
        expect(apply(files, step, cut(step.answer, chunks))).toEqual(expected(step))
      }
      fc.assert(fc.property(lengths, holds), { numRuns: 25 })
    }
  }
})

test('corpus/README.md says how many hunks applied, were recovered on retry, became proposals or were rolled back', () => {
  const counts = { hunks: 0, applied: 0, recovered: 0, proposals: 0, rolledBack: 0 }
  for (const { first, second } of cases) {
    const isRecovered = second?.hunks.every(isApplied) === true
    for (const hunk of first.hunks) {
      counts.hunks += 1
      if (isApplied(hunk)) counts.applied += 1
      else if (isRecovered) counts.recovered += 1
      else if (hunk.endsWith('malformed turn_ended')) counts.rolledBack += 1
      else counts.proposals += 1
    }
  }
  const { hunks, applied, recovered, proposals, rolledBack } = counts
  const readme = readFileSync(new URL('README.md', folder), 'utf8').replaceAll(/\s+/g, ' ')
  expect(readme).toContain(
    `${cases.length} answers with ${hunks} hunks: applied ${applied}, recovered on retry ${recovered}, proposals ${proposals}, rolled back ${rolledBack}.`,
  )
})

function isApplied(hunk: string): boolean {
  return /→ (?:applied|already_applied)/.test(hunk)
}
