import type { Outbox } from './outbox.ts'
import type { KeptCopy } from './outbox-database.ts'

/** Copies of edits that the server does not have and that cannot be sent any more, until the person has decided about each. */
export class KeptCopies {
  list: readonly KeptCopy[] = []
  private readonly outbox: Outbox
  private readonly onChanged: () => void
  private readonly listeners = new Set<() => void>()
  private readonly inTab = new Set<string>()

  constructor(outbox: Outbox, onChanged: () => void) {
    this.outbox = outbox
    this.onChanged = onChanged
  }

  /** Whether one of them would go with this tab. */
  get isAtRisk(): boolean {
    return this.list.some(({ copyId }) => this.inTab.has(copyId))
  }

  /** Returns its undo. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** What was kept before this tab was opened. */
  async load() {
    const known = new Set(this.list.map(({ copyId }) => copyId))
    const earlier = (await this.outbox.copies()).filter(({ copyId }) => !known.has(copyId))
    if (earlier.length > 0) this.set([...earlier, ...this.list])
  }

  /** Takes the place of the pushes that it was made of. */
  add(copy: KeptCopy, pushIds: readonly string[] = []) {
    this.set([...this.list.filter(({ copyId }) => copyId !== copy.copyId), copy])
    this.inTab.add(copy.copyId)
    const isKept = () => this.inTab.delete(copy.copyId)
    void this.outbox.setAside(copy, pushIds, isKept).then((kept) => kept && isKept())
  }

  drop(copyId: string) {
    this.set(this.list.filter((copy) => copy.copyId !== copyId))
    this.outbox.dropCopy(copyId)
  }

  private set(list: readonly KeptCopy[]) {
    this.list = list
    for (const listener of this.listeners) listener()
    this.onChanged()
  }
}
