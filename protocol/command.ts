import { z } from 'zod'
import { limits } from './limits.ts'
import type { Role } from './roles.ts'

export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
export const path = z.string().min(1).max(limits.pathLength)
export const bytes = (max: number) => z.instanceof(Uint8Array).refine((value) => value.byteLength <= max, 'too large')
export const name = z.string().trim().min(1).max(limits.nameLength)
export const offset = z.number().int().nonnegative()

/** Declares a command: the least role that may use it, its payload, and (as a type only) its reply. */
export function command<Payload extends z.ZodType>(role: Role, payload: Payload) {
  return { role, payload, replies: <Reply>() => ({ role, payload, reply: undefined as unknown as Reply }) }
}
