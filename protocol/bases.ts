import { z } from 'zod'
import { command, id } from './command.ts'
import type { SkippedFile } from './http.ts'

/**
 * What the files are compared with, by its id: `start` (as the session began), a turn (before it, by its checkpoint) or a zip that
 * somebody brought. A turn's id and a zip's are never the same.
 */
export type BaseId = 'start' | (string & {})

/** A zip that the files of a session are compared with; everybody in the session sees it. */
export type ZipBase = {
  baseId: string
  /** What the zip was called, without its ending; unique among the session's zips. */
  name: string
  addedBy: string
  addedAt: number
  files: number
}

/** POST /api/sessions/:sessionId/bases?name=… (application/zip) */
export type AddedBase = { base: ZipBase; skipped: SkippedFile[] }

export const baseCommands = {
  'base.remove': command('editor', z.strictObject({ baseId: id })).replies<Record<string, never>>(),
} as const

export type BaseEvents = {
  /** All zips of the session, oldest first. */
  'bases.changed': { bases: ZipBase[] }
}
