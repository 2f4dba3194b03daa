import type { LinkInfo } from '#protocol/links.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How long a link may live, the usual one first chosen. */
export const lifetimes = [
  { value: String(hourMs), label: '1 hour' },
  { value: String(dayMs), label: '1 day' },
  { value: String(7 * dayMs), label: '7 days' },
  { value: String(30 * dayMs), label: '30 days' },
  { value: String(365 * dayMs), label: '1 year' },
] as const
export const usualLifetime = String(7 * dayMs)

export const useLimits = [
  { value: '', label: 'Any number' },
  { value: '1', label: '1 person' },
  { value: '5', label: '5 people' },
  { value: '25', label: '25 people' },
] as const

/** Whether a link lets anybody in, and else why not. */
export function linkState(link: LinkInfo, now: number): 'open' | 'revoked' | 'expired' | 'used up' {
  if (link.revokedAt !== undefined) return 'revoked'
  if (link.expiresAt <= now) return 'expired'
  return link.maxUses !== undefined && link.uses >= link.maxUses ? 'used up' : 'open'
}

/** One line: how long it lives, how often it was used, and when last. */
export function wordLink(link: LinkInfo, now: number): string {
  const state = linkState(link, now)
  const used = link.maxUses === undefined ? `used ${times(link.uses)}` : `used by ${link.uses} of ${link.maxUses}`
  const last = link.lastUsedAt === undefined ? '' : `, last ${ago(now - link.lastUsedAt)}`
  return `${state === 'open' ? `expires ${within(link.expiresAt - now)}` : state} · ${used}${last}`
}

function times(count: number): string {
  return count === 0 ? 'by nobody yet' : count === 1 ? 'once' : `${count} times`
}

function span(ms: number): string {
  const [count, unit] =
    ms < hourMs
      ? [Math.max(1, Math.round(ms / 60_000)), 'minute']
      : ms < 2 * dayMs
        ? [Math.round(ms / hourMs), 'hour']
        : [Math.round(ms / dayMs), 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const within = (ms: number) => `in ${span(ms)}`
const ago = (ms: number) => (ms < 60_000 ? 'just now' : `${span(ms)} ago`)
