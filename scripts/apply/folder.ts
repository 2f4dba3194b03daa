import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync, type Stats } from 'node:fs'
import path from 'node:path'
import { limits } from '#protocol/limits.ts'
import type { SourceFile } from '#edits/staged-tree.ts'
import { decodeText, type TextFile } from './text-file.ts'

/** A regular file as it was read; `text` where it is one. */
type ReadFile = { bytes: Buffer; mode: number; uid: number; gid: number; text: TextFile | undefined }

export type Place = { kind: 'file'; file: ReadFile } | Exclude<SourceFile, { kind: 'text' }>

/**
 * The folder that an answer is applied to. Nothing in it is reached through a symbolic link, and nothing outside of it at all. Throws where
 * the folder itself cannot be read.
 */
export class Folder {
  readonly root: string
  readonly #read = new Map<string, Place>()

  constructor(root: string) {
    this.root = realpathSync(root)
    if (!lstatSync(this.root).isDirectory()) throw new Error(`${root} is not a folder`)
  }

  /** As `place`, but what was read first counts. */
  firstPlace(relative: string): Place {
    const known = this.#read.get(relative) ?? this.place(relative)
    this.#read.set(relative, known)
    return known
  }

  read(relative: string): SourceFile {
    const place = this.firstPlace(relative)
    if (place.kind !== 'file') return place
    const { text } = place.file
    return text === undefined ? { kind: 'not_text', code: 'not_text' } : { kind: 'text', text: text.text }
  }

  /** What stands at a path now. */
  place(relative: string): Place {
    const segments = segmentsOf(relative)
    let absolute = this.root
    for (const [i, segment] of segments.entries()) {
      absolute = path.join(absolute, segment)
      const stats = statsOf(absolute)
      if (stats === undefined) return { kind: 'missing' }
      if (stats.isSymbolicLink()) return { kind: 'untouchable', code: 'symbolic_link' }
      if (i < segments.length - 1) {
        if (!stats.isDirectory()) return { kind: 'untouchable', code: 'not_a_folder' }
      } else if (!stats.isFile()) return { kind: 'untouchable', code: 'not_a_file' }
    }
    return readPlace(absolute)
  }
}

/** The parser has refused such paths; should one ever come through, nothing may happen. */
export function segmentsOf(relative: string): string[] {
  const segments = relative.split('/')
  const isInside = segments.every((segment) => !['', '.', '..'].includes(segment) && !/[\0\\]/.test(segment))
  if (!isInside || path.isAbsolute(relative)) throw new Error(`${relative} is no path inside the folder`)
  return segments
}

export function statsOf(absolute: string): Stats | undefined {
  try {
    return lstatSync(absolute, { throwIfNoEntry: false })
  } catch (error) {
    // A name that the file system cannot have names nothing.
    if (error instanceof Error && 'code' in error && error.code === 'ENAMETOOLONG') return undefined
    throw error
  }
}

function readPlace(absolute: string): Place {
  let descriptor: number | undefined
  try {
    descriptor = openSync(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const { size, mode, uid, gid } = fstatSync(descriptor)
    // A UTF-16 unit is at most three bytes.
    if (size > 3 * limits.documentLength) return { kind: 'not_text', code: 'too_large' }
    const bytes = readFileSync(descriptor)
    const text = decodeText(bytes)
    if (text !== undefined && text.text.length > limits.documentLength) return { kind: 'not_text', code: 'too_large' }
    return { kind: 'file', file: { bytes, mode, uid, gid, text } }
  } catch {
    return { kind: 'untouchable', code: 'failed_to_read' }
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
