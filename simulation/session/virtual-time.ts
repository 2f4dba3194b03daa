type Timer = { at: number; work: () => void }

/** One clock for the server and all tabs. It moves when the plan says so, and runs what is due in the order of its time. */
export class VirtualTime {
  #now = 1_000_000
  #timers: Timer[] = []
  #soon: (() => void)[] = []

  readonly now = (): number => this.#now

  readonly after = (delayMs: number, work: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, work }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  soon(run: () => void): void {
    this.#soon.push(run)
  }

  get pending(): number {
    return this.#timers.length
  }

  /** Everything that waits for the event loop, promises included. */
  async settle(): Promise<void> {
    for (let idle = 0; idle < 3; idle += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.#soon.length > 0) idle = 0
      for (const run of this.#soon.splice(0)) run()
    }
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at)[0]
      if (next === undefined) break
      this.#now = Math.max(this.#now, next.at)
      this.#timers = this.#timers.filter((timer) => timer !== next)
      next.work()
      await this.settle()
    }
    this.#now = until
    await this.settle()
  }

  /** The time of one process, whose timers end with it. */
  process(): ProcessTime {
    return new ProcessTime(this)
  }
}

export class ProcessTime {
  readonly #time: VirtualTime
  readonly #cancels = new Map<number, () => void>()
  #next = 1
  #isOver = false

  constructor(time: VirtualTime) {
    this.#time = time
  }

  readonly now = (): number => this.#time.now()

  readonly after = (delayMs: number, work: () => void): (() => void) => {
    const id = this.#start(delayMs, work)
    return () => this.#cancel(id)
  }

  readonly every = (intervalMs: number, work: () => void): (() => void) => {
    let cancel = () => {}
    const again = () => {
      cancel = this.after(intervalMs, () => {
        again()
        work()
      })
    }
    again()
    return () => cancel()
  }

  readonly soon = (run: () => void): void => {
    this.#time.soon(() => {
      if (!this.#isOver) run()
    })
  }

  readonly timers = {
    monotonicMs: this.now,
    setTimeout: (work: () => void, delayMs: number): number => this.#start(delayMs, work),
    clearTimeout: (id: unknown): void => this.#cancel(id as number),
  }

  get pending(): number {
    return this.#cancels.size
  }

  end(): void {
    this.#isOver = true
    for (const cancel of this.#cancels.values()) cancel()
    this.#cancels.clear()
  }

  #start(delayMs: number, work: () => void): number {
    const id = this.#next++
    if (this.#isOver) return id
    const cancel = this.#time.after(delayMs, () => {
      this.#cancels.delete(id)
      work()
    })
    this.#cancels.set(id, cancel)
    return id
  }

  #cancel(id: number): void {
    this.#cancels.get(id)?.()
    this.#cancels.delete(id)
  }
}
