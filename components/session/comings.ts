import type { Clock } from './clock.ts'

/** Who comes back within this time was never away: a reload, a lost connection. */
const graceMs = 10_000
/** Who comes or goes within this time is told together. */
const togetherMs = 1_500

/** Tells who came and who left, quietly: several at once, and nothing of those who are right back. */
export class Comings {
  private readonly clock: Clock
  private readonly tell: (who: { came: string[]; left: string[] }) => void
  private known: Set<string> | undefined
  private readonly leaving = new Map<string, () => void>()
  private came: string[] = []
  private left: string[] = []
  private cancel: (() => void) | undefined

  constructor(clock: Clock, tell: (who: { came: string[]; left: string[] }) => void) {
    this.clock = clock
    this.tell = tell
  }

  /** Who is here now. The first list is what one finds, and nothing is told of it. */
  see(present: readonly string[]) {
    const now = new Set(present)
    const known = this.known ?? now
    this.known = now
    for (const person of now) if (!known.has(person)) this.comes(person)
    for (const person of known) if (!now.has(person)) this.goes(person)
  }

  close() {
    this.cancel?.()
    for (const cancel of this.leaving.values()) cancel()
    this.leaving.clear()
  }

  private comes(person: string) {
    const cancel = this.leaving.get(person)
    this.leaving.delete(person)
    if (cancel !== undefined) return cancel()
    this.left = this.left.filter((other) => other !== person)
    this.came.push(person)
    this.soon()
  }

  private goes(person: string) {
    if (this.came.includes(person)) {
      this.came = this.came.filter((other) => other !== person)
      return
    }
    const cancel = this.clock.after(graceMs, () => {
      this.leaving.delete(person)
      this.left.push(person)
      this.soon()
    })
    this.leaving.set(person, cancel)
  }

  private soon() {
    this.cancel ??= this.clock.after(togetherMs, () => {
      this.cancel = undefined
      const { came, left } = this
      this.came = []
      this.left = []
      if (came.length + left.length > 0) this.tell({ came, left })
    })
  }
}
