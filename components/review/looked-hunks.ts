import type { Clock } from '#session/clock.ts'
import { look, nextDueMs, nothingLooked, show, type Looking } from './debt.ts'

/** Where the ids of looked-at hunks are kept, so that a reload does not ask for them again. */
export type LookedStorage = { read(): string[]; write(hunkIds: string[]): void }

/** Which hunks this person has had on screen long enough, in this tab. */
export class LookedHunks {
  private readonly clock: Clock
  private readonly storage: LookedStorage
  private readonly listeners = new Set<() => void>()
  private looking: Looking
  private inSight: readonly string[] = []
  private visible = true
  private cancel: (() => void) | undefined

  constructor({ clock, storage }: { clock: Clock; storage: LookedStorage }) {
    this.clock = clock
    this.storage = storage
    this.looking = { ...nothingLooked, looked: new Set(storage.read()) }
  }

  /** The same set until another hunk was looked at. */
  read = (): ReadonlySet<string> => this.looking.looked

  /** Returns its undo. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The hunks that the editor shows now. */
  show = (hunkIds: readonly string[]): void => {
    this.inSight = hunkIds
    this.step()
  }

  /** Whether the editor itself can be seen. */
  setVisible(visible: boolean) {
    if (visible === this.visible) return
    this.visible = visible
    this.step()
  }

  close() {
    this.cancel?.()
    this.cancel = undefined
  }

  private step() {
    const now = this.clock.now()
    const before = this.looking.looked
    this.looking = show(look(this.looking, now), this.visible ? this.inSight : [], now)
    this.cancel?.()
    const due = nextDueMs(this.looking)
    this.cancel = due === undefined ? undefined : this.clock.after(Math.max(0, due - now), () => this.step())
    if (this.looking.looked === before) return
    this.storage.write([...this.looking.looked])
    for (const listener of this.listeners) listener()
  }
}
