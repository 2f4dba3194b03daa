import { z } from 'zod'
import { bytes, command, id } from './command.ts'
import { limits } from './limits.ts'

const position = bytes(limits.positionBytes)

type Positions = {
  selections?: { head: Uint8Array; anchor?: Uint8Array | undefined }[] | undefined
  top?: Uint8Array | undefined
}

const place = z
  .strictObject({
    /** The file on screen; null while none is. */
    fileId: id.nullable(),
    /** 1-based line of the cursor, for those who do not have the file open. */
    line: z.number().int().positive().max(limits.documentLength).optional(),
    /** Encoded Y.RelativePositions; the first one is the main cursor. `anchor` is absent where nothing is selected. */
    selections: z
      .array(z.strictObject({ head: position, anchor: position.optional() }))
      .max(limits.presenceSelections)
      .optional(),
    /** Where the first line on screen begins. */
    top: position.optional(),
    /** A participant, or `assistant`. */
    following: id.nullable(),
    /** `typing` in a file, `messaging` to the others. */
    state: z.enum(['active', 'idle', 'typing', 'messaging']),
  })
  .refine(
    (value) => positionsOf(value).reduce((sum, { byteLength }) => sum + byteLength, 0) <= limits.presenceBytes,
    'too large',
  )

/** What a tab tells of itself. */
export type PresencePlace = z.output<typeof place>

/** Every encoded position in it. */
export function positionsOf({ selections = [], top }: Positions): Uint8Array[] {
  const ofSelections = selections.flatMap(({ head, anchor }) => (anchor === undefined ? [head] : [head, anchor]))
  return top === undefined ? ofSelections : [...ofSelections, top]
}

export const presenceCommands = {
  /** Where one is, whole each time. Also the answer to `presence.asked`. */
  'presence.set': command('viewer', place).replies<Record<string, never>>(),
  /** Asks everyone else to look at where one is. */
  'presence.gather': command('editor', z.strictObject({})).replies<Record<string, never>>(),
} as const
