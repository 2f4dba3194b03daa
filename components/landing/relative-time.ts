const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How long ago, in the largest whole unit; times are ms since the epoch. */
export function relativeTime(at: number, now: number): string {
  const passedMs = now - at
  for (const [unit, lengthMs] of units) {
    if (passedMs >= lengthMs) return format.format(-Math.floor(passedMs / lengthMs), unit)
  }
  return 'just now'
}
