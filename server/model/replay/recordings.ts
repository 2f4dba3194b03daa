import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecordedPrompt } from '#protocol/sessions.ts'

/** A written-down answer to one prompt of one sample. */
export type Recording = {
  sampleId: string
  /** File name without `.md`. */
  slug: string
  title: string
  prompt: string
  /** Empty when the recording has none. */
  reasoning: string
  answer: string
  /** Whole lines of a file, each with its LF: the recording answers an inline edit of them, not a prompt of the chat. */
  selection?: { path: string; text: string }
}

const frontMatterKeys = ['title', 'prompt', 'file'] as const

/**
 * Reads `<directory>/<sampleId>/<slug>.md`: front matter lines `title:` and `prompt:` between two `---` lines, optionally
 * `<reasoning>…</reasoning>`, then the answer verbatim (blank lines around each part do not belong to it). With a line `file:` it is
 * for an inline edit, and `<selection>…</selection>` comes before everything else. Sorted by sample and file name, which is the order
 * in which they are offered. Throws an error that names the file and line of whatever is wrong.
 */
export async function loadRecordings(directory: string): Promise<Recording[]> {
  const recordings: Recording[] = []
  const samples = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  for (const sampleId of samples.map((entry) => entry.name).sort()) {
    for (const name of (await readdir(join(directory, sampleId))).sort()) {
      const path = join(directory, sampleId, name)
      if (!name.endsWith('.md')) throw new Error(`${path}:1: a recording is a .md file`)
      const recording = parseRecording(path, sampleId, name.slice(0, -'.md'.length), await readFile(path, 'utf8'))
      const { prompt, selection } = recording
      const twin = selection
        ? findInlineRecording(recordings, sampleId, prompt, selectionHash(selection.text))
        : findRecording(recordings, sampleId, prompt)
      if (twin) throw new Error(`${path}:1: ${twin.slug}.md already answers the prompt "${recording.prompt}"`)
      recordings.push(recording)
    }
  }
  return recordings
}

/** Parses the text of one recording; `path` only names it in errors. */
export function parseRecording(path: string, sampleId: string, slug: string, text: string): Recording {
  const fail = (line: number, problem: string): never => {
    throw new Error(`${path}:${line}: ${problem}`)
  }
  if (text.includes('\r')) fail(text.slice(0, text.indexOf('\r')).split('\n').length, 'line endings must be LF')
  const lines = text.split('\n')
  if (lines[0] !== '---') fail(1, 'must start with a --- line')
  const close = lines.indexOf('---', 1)
  if (close === -1) fail(1, 'the front matter is not closed by a --- line')

  const values = new Map<string, string>()
  for (const [offset, line] of lines.slice(1, close).entries()) {
    const [, key, value] = /^([a-z]+):\s*(.*?)\s*$/.exec(line) ?? fail(offset + 2, 'must read "key: value"')
    if (key === undefined || !frontMatterKeys.some((known) => known === key))
      fail(offset + 2, `unknown key ${key}; known are ${frontMatterKeys.join(', ')}`)
    if (values.has(String(key))) fail(offset + 2, `${key} is given twice`)
    if (!value) fail(offset + 2, `${key} is empty`)
    values.set(String(key), String(value))
  }
  const valueOf = (key: (typeof frontMatterKeys)[number]) => values.get(key) ?? fail(close + 1, `${key} is missing`)
  const title = valueOf('title')
  const prompt = valueOf('prompt')

  const file = values.get('file')
  const whole = lines.slice(close + 1).join('\n')
  const selected = /^\s*<selection>\n([\s\S]*?)<\/selection>\n/.exec(whole)
  if (file === undefined && selected) fail(close + 2, '<selection> without a file')
  if (file !== undefined && !selected) fail(close + 2, 'a file without its <selection>')
  const body = whole.slice(selected?.[0].length ?? 0)
  const reasoning = /^\s*<reasoning>\n?([\s\S]*?)\n?<\/reasoning>/.exec(body)
  if (!reasoning && /^\s*<reasoning>/.test(body)) fail(close + 2, '<reasoning> is not closed')
  const answer = body.slice(reasoning?.[0].length ?? 0).replace(/^(?:[^\S\n]*\n)+/, '')
  if (answer.trim() === '') fail(close + 2, 'the answer is empty')
  return {
    sampleId,
    slug,
    title,
    prompt,
    reasoning: reasoning?.[1] ?? '',
    answer: `${answer.trimEnd()}\n`,
    ...(file !== undefined && { selection: { path: file, text: selected?.[1] ?? '' } }),
  }
}

/** The recording that answers a prompt typed in a session that started from `sampleId`. */
export function findRecording(
  recordings: readonly Recording[],
  sampleId: string | undefined,
  prompt: string,
): Recording | undefined {
  return recordings.find((recording) => recording.selection === undefined && answers(recording, sampleId, prompt))
}

/** The recording that answers an inline edit of lines with this `selectionHash`. */
export function findInlineRecording(
  recordings: readonly Recording[],
  sampleId: string | undefined,
  prompt: string,
  hash: string,
): Recording | undefined {
  return recordings.find(
    ({ selection, ...recording }) =>
      selection !== undefined && answers(recording, sampleId, prompt) && selectionHash(selection.text) === hash,
  )
}

/** SHA-256 of the selected lines, in hexadecimal, as the header `x-flint-selection` carries it. */
export function selectionHash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What can be asked in a session that started from `sampleId`, in the chat and of lines of its files. */
export function recordedPrompts(recordings: readonly Recording[], sampleId: string | undefined): RecordedPrompt[] {
  return recordings
    .filter((recording) => recording.sampleId === sampleId)
    .map(({ title, prompt, selection }) => ({ title, prompt, ...(selection !== undefined && { selection }) }))
}

function answers(recording: Pick<Recording, 'sampleId' | 'prompt'>, sampleId: string | undefined, prompt: string): boolean {
  return recording.sampleId === sampleId && normalisePrompt(recording.prompt) === normalisePrompt(prompt)
}

function normalisePrompt(prompt: string): string {
  return prompt
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/[\s\p{P}]+$/u, '')
}
