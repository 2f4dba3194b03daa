import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnswerParser } from '#edits/answer-parser.ts'
import { createFileBasis } from '#edits/file-basis.ts'
import { createInlineParser } from '#edits/inline-parser.ts'
import { editLines } from '#edits/line-edit.ts'
import { placeOfSearch } from '#edits/search-place.ts'
import { findInlineRecording, findRecording, loadRecordings, selectionHash, type Recording } from './recordings.ts'

type Files = ReadonlyMap<string, string>
type Block = { path: string; search?: string[]; replace: string[] }
type Script = { recording: Recording; name: string; blocks: Block[]; complaints: string[] }
type Applied = { files: Files; problems: string[] }

const samplesDirectory = fileURLToPath(new URL('../../sessions/samples', import.meta.url))
const everyRecording = await loadRecordings(fileURLToPath(new URL('./recordings', import.meta.url)))
const recordings = everyRecording.filter(({ selection }) => selection === undefined)
const inlineRecordings = everyRecording.filter(({ selection }) => selection !== undefined)
const sampleIds = (await readdir(samplesDirectory)).sort()
const samples = new Map(await Promise.all(sampleIds.map(async (sampleId) => [sampleId, await readSample(sampleId)] as const)))
const scripts = recordings.map(readScript)
const pairs = scripts.flatMap((first) =>
  scripts.filter((second) => second !== first && sampleOf(second) === sampleOf(first)).map((second) => ({ first, second })),
)

async function readSample(sampleId: string): Promise<Files> {
  const directory = join(samplesDirectory, sampleId, 'files')
  const entries = await readdir(directory, { withFileTypes: true, recursive: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(paths.map(async (path) => [relative(directory, path), await readFile(path, 'utf8')] as const)),
  )
}

function readScript(recording: Recording): Script {
  const parser = createAnswerParser()
  const script: Script = { recording, name: `${recording.sampleId}/${recording.slug}`, blocks: [], complaints: [] }
  for (const event of [...parser.push(recording.answer), ...parser.end('complete')]) {
    const block = script.blocks.at(-1)
    if (event.type === 'blockStart')
      script.blocks.push({ path: event.path, replace: [], ...(event.format === 'search_replace' ? { search: [] } : {}) })
    else if (event.type === 'searchLine') block?.search?.push(event.text)
    else if (event.type === 'replaceLine') block?.replace.push(event.text)
    else if (event.type === 'malformed') script.complaints.push(`${script.name}: ${event.code} at "${event.excerpt}"`)
    else if (event.type === 'blockEnd' && (event.state !== 'complete' || event.elided))
      script.complaints.push(`${script.name}: a block for ${block?.path} is ${event.elided ? 'elided' : event.state}`)
  }
  for (const tolerance of Object.keys(parser.tolerances()))
    script.complaints.push(`${script.name}: relies on the tolerance ${tolerance}`)
  return script
}

function sampleOf(script: Script): string {
  return script.recording.sampleId
}

function filesOf(script: Script): Files {
  return samples.get(sampleOf(script)) ?? new Map()
}

/** What is left of a turn after its blocks were accepted or, where `keeps` says no, rejected; every block must find its place. */
function apply(files: Files, script: Script, keeps: (block: number) => boolean): Applied {
  const problems: string[] = []
  const result = new Map(files)
  const bases = new Map([...files].map(([path, text]) => [path, createFileBasis(text)]))
  for (const [number, { path, search, replace }] of script.blocks.entries()) {
    const where = `${script.name}, block ${number + 1} for ${path}`
    const basis = bases.get(path)
    if (search === undefined) {
      if (files.has(path)) problems.push(`${where}: the file exists already`)
      else if (keeps(number)) result.set(path, replace.map((line) => `${line}\n`).join(''))
    } else if (basis === undefined) problems.push(`${where}: there is no such file`)
    else {
      const found = placeOfSearch(basis, search)
      if (found.kind !== 'one' || found.in !== 'basis' || found.rung !== 'exact') problems.push(`${where}: ${found.kind}`)
      else if (keeps(number)) {
        const edit = editLines(basis.expectedText, found.start, found.end, replace)
        basis.recordOwnEdit(edit.start, edit.end, edit.text)
        result.set(path, basis.expectedText)
      }
    }
  }
  return { files: result, problems }
}

const all = () => true
const none = () => false

/** Ranges of the sample's text, whole lines, that a recording searches for. */
function searched(script: Script): { name: string; path: string; start: number; end: number }[] {
  return script.blocks.flatMap(({ path, search }) => {
    const found = search && placeOfSearch(createFileBasis(filesOf(script).get(path) ?? ''), search)
    return found?.kind === 'one' ? [{ name: script.name, path, start: found.start, end: found.end }] : []
  })
}

test('every sample has at least three recordings, and there are at least twelve', () => {
  const counts = sampleIds.map((sampleId) => recordings.filter((recording) => recording.sampleId === sampleId).length)
  expect(counts.filter((count) => count < 3)).toEqual([])
  expect(recordings.length).toBeGreaterThanOrEqual(12)
  expect(new Set(recordings.map(({ sampleId }) => sampleId))).toEqual(new Set(sampleIds))
})

test('titles and prompts fit their buttons, and no two are the same', () => {
  expect(recordings.filter(({ title }) => title.length > 40).map(({ title }) => title)).toEqual([])
  expect(recordings.filter(({ prompt }) => prompt.length > 110).map(({ prompt }) => prompt)).toEqual([])
  const said = recordings.flatMap(({ title, prompt }) => [title, prompt]).map((text) => text.toLowerCase().replace(/\W+/g, ' '))
  expect(said.filter((text, index) => said.indexOf(text) !== index)).toEqual([])
})

test('a prompt typed carelessly finds its recording, in its own sample only', () => {
  for (const recording of recordings) {
    const typed = `  ${recording.prompt.toUpperCase().replace(' ', '\n ')} … `
    expect(sampleIds.map((sampleId) => findRecording(recordings, sampleId, typed)?.slug)).toEqual(
      sampleIds.map((sampleId) => (sampleId === recording.sampleId ? recording.slug : undefined)),
    )
  }
})

test('every block is complete, and written exactly as the model is taught to', () => {
  expect(scripts.flatMap(({ complaints }) => complaints)).toEqual([])
})

test('every recording applies to a fresh sample', () => {
  expect(scripts.flatMap((script) => apply(filesOf(script), script, all).problems)).toEqual([])
})

test('no two recordings of a sample create the same file', () => {
  const created = scripts.flatMap((script) =>
    script.blocks.filter(({ search }) => search === undefined).map(({ path }) => `${sampleOf(script)}/${path}`),
  )
  expect(created.filter((path, index) => created.indexOf(path) !== index)).toEqual([])
})

test('between the lines of two recordings lies at least one line that neither searches for', () => {
  const touching = pairs.flatMap(({ first, second }) =>
    searched(first).flatMap((a) =>
      searched(second)
        .filter((b) => a.path === b.path && a.start <= b.end && b.start <= a.end)
        .map((b) => `${a.name} and ${b.name} in ${a.path}`),
    ),
  )
  expect(touching).toEqual([])
})

test('a recording applies after any other one, with all, none, or any one of its blocks rejected', () => {
  const problems = pairs.flatMap(({ first, second }) => {
    const mixes = [all, none, ...first.blocks.map((_, rejected) => (block: number) => block !== rejected)]
    return mixes.flatMap((keeps) =>
      apply(apply(filesOf(first), first, keeps).files, second, all).problems.map(
        (problem) => `after ${first.name}: ${problem}`,
      ),
    )
  })
  expect(problems).toEqual([])
})

test('the recordings of a sample apply in any order after any mix of accept and reject', () => {
  const plan = fc.constantFrom(...sampleIds).chain((sampleId) =>
    fc.record({
      order: fc.shuffledSubarray(scripts.filter((script) => sampleOf(script) === sampleId)),
      keeps: fc.func(fc.boolean()),
    }),
  )
  fc.assert(
    fc.property(plan, ({ order, keeps }) => {
      let files = samples.get(order[0]?.recording.sampleId ?? '') ?? new Map<string, string>()
      for (const script of order) {
        const applied = apply(files, script, (block) => keeps(script.name, block))
        expect(applied.problems).toEqual([])
        files = applied.files
      }
    }),
    { numRuns: 500 },
  )
})

test('every place that an answer cites as file:line is in its sample', () => {
  const missing = scripts.flatMap((script) =>
    [...script.recording.answer.matchAll(/([\w./-]+\.(?:ts|tsx|py|html|css|js)):(\d+)/g)]
      .filter(([, path = '', line]) => !filesOf(script).get(path)?.split('\n')[Number(line) - 1]?.trim())
      .map(([place]) => `${script.name}: ${place}`),
  )
  expect(missing).toEqual([])
})

test('every inline recording replaces lines that stand once in its sample, by one complete block', () => {
  for (const { sampleId, slug, selection = { path: '', text: '' }, answer } of inlineRecordings) {
    const text = samples.get(sampleId)?.get(selection.path) ?? ''
    const start = text.indexOf(selection.text)
    expect([slug, start > 0, text.indexOf(selection.text, start + 1), text.charAt(start - 1)]).toEqual([slug, true, -1, '\n'])
    const lines = selection.text.slice(0, -1).split('\n')
    const place = { start, end: start + selection.text.length }
    const parser = createInlineParser({ path: selection.path, lines, place })
    const events = [...parser.push(answer), ...parser.end('complete')]
    expect(events.filter(({ type }) => type === 'malformed' || type === 'blockStart')).toHaveLength(1)
    expect(events.at(-1)).toMatchObject({ type: 'blockEnd', state: 'complete', elided: false })
    const written = events.flatMap((event) => (event.type === 'replaceLine' ? [event.text] : []))
    expect(written).not.toEqual(lines)
  }
  expect(new Set(inlineRecordings.map(({ sampleId }) => sampleId))).toEqual(new Set(sampleIds))
})

test('an inline edit finds the recording of exactly its lines, and the chat never does', () => {
  for (const recording of inlineRecordings) {
    const { sampleId, prompt, selection = { path: '', text: '' } } = recording
    const hash = selectionHash(selection.text)
    expect(findInlineRecording(everyRecording, sampleId, `${prompt.toUpperCase()}.`, hash)).toBe(recording)
    expect(findInlineRecording(everyRecording, sampleId, prompt, selectionHash(`${selection.text}\n`))).toBeUndefined()
    expect(findRecording(everyRecording, sampleId, prompt)).toBeUndefined()
  }
})
