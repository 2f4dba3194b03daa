import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'
import type { SampleInfo } from '#protocol/http.ts'
import { fileContent, type FileContent } from './file-content.ts'

export type Sample = { info: SampleInfo; files: (FileContent & { path: string })[] }

const manifest = z.strictObject({ name: z.string().min(1), description: z.string().min(1), language: z.string().min(1) })

/** Reads every folder of `samplesDir`: `sample.json` and the files under `files/`. Throws where one is malformed. */
export function loadSamples(samplesDir: string): Map<string, Sample> {
  const folders = readdirSync(samplesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
  return new Map(folders.map((sampleId) => [sampleId, loadSample(join(samplesDir, sampleId), sampleId)]))
}

function loadSample(folder: string, sampleId: string): Sample {
  const description = manifest.parse(JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')))
  const root = join(folder, 'files')
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => ({
      path: relative(root, file).replaceAll(sep, '/'),
      ...fileContent(new Uint8Array(readFileSync(file))),
    }))
  return { info: { sampleId, ...description, files: files.length }, files }
}
