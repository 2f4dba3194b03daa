import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'
import type { SampleInfo } from '#protocol/http.ts'
import { fileContent, type FileContent } from './file-content.ts'

export type Sample = { info: SampleInfo; files: (FileContent & { path: string })[] }

const manifest = z.strictObject({
  /** Place in the list, the best invitation first. */
  order: z.number().int().positive(),
  name: z.string().min(1),
  description: z.string().min(1),
  language: z.string().min(1),
})

/** Reads every folder of `samplesDir`: `sample.json` and the files under `files/`. Throws where one is malformed. */
export function loadSamples(samplesDir: string): Map<string, Sample> {
  const samples = readdirSync(samplesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => loadSample(join(samplesDir, entry.name), entry.name))
    .toSorted((one, other) => one.order - other.order)
  return new Map(samples.map(({ sample }) => [sample.info.sampleId, sample]))
}

function loadSample(folder: string, sampleId: string): { order: number; sample: Sample } {
  const { order, ...description } = manifest.parse(JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')))
  const root = join(folder, 'files')
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => ({
      path: relative(root, file).replaceAll(sep, '/'),
      ...fileContent(new Uint8Array(readFileSync(file))),
    }))
  return { order, sample: { info: { sampleId, ...description, files: files.length }, files } }
}
