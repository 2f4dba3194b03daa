import type { IncomingHttpHeaders } from 'node:http'
import type { Dialect, LimitWindow } from '../dialects.ts'

/** What the provider demands to wait, in ms: `retry-after-ms`, else `retry-after` (seconds or a date). */
export function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const inMs = amount(headers['retry-after-ms'])
  if (inMs !== undefined) return Math.ceil(inMs)
  const inSeconds = amount(headers['retry-after'])
  if (inSeconds !== undefined) return Math.ceil(inSeconds * 1000)
  // A date is measured against the provider's own clock, so that a wrong one here does not matter.
  const until = Date.parse(single(headers['retry-after']) ?? '') - Date.parse(single(headers.date) ?? '')
  return Number.isNaN(until) ? undefined : Math.max(0, until)
}

/** The limit that refused a request: its window, and when that is full again (ms), as far as the headers tell. */
export type ReachedLimit = { per: LimitWindow['per'] | undefined; resetMs: number | undefined }

/**
 * Finds which window of a limit is used up: the one that has less left than `needed` and takes longest to refill. Where none
 * shows it (a token limit also reserves the prompt, which nobody has counted), the shortest window is meant, and only a
 * minute's reset is believed.
 */
export function reachedLimit(
  headers: IncomingHttpHeaders,
  dialect: Dialect,
  counts: LimitWindow['counts'],
  needed: number,
): ReachedLimit {
  const windows = dialect.limitWindows
    .filter((window) => window.counts === counts)
    .map((window) => {
      const names = dialect.limitHeaders(window)
      return { per: window.per, left: amount(headers[names.remaining]), resetMs: seconds(headers[names.resetSeconds]) }
    })
  const usedUp = windows.filter(({ left }) => left !== undefined && left < needed)
  const longest = usedUp.toSorted((a, b) => (b.resetMs ?? 0) - (a.resetMs ?? 0))[0]
  if (longest !== undefined) return { per: longest.per, resetMs: longest.resetMs }
  return { per: undefined, resetMs: windows.find(({ per }) => per === 'minute')?.resetMs }
}

function seconds(header: string | string[] | undefined): number | undefined {
  const value = amount(header)
  return value === undefined ? undefined : Math.ceil(value * 1000)
}

/** A header that holds a plain number ≥ 0; limits that were overdrawn count as 0. */
function amount(header: string | string[] | undefined): number | undefined {
  const text = single(header)?.trim()
  if (text === undefined || !/^-?\d+(\.\d+)?$/.test(text)) return undefined
  return Math.max(0, Number(text))
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
