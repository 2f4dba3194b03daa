import type { Unread } from './unread.ts'

/** Up to which message it was read, and where what is new begins. */
type Reading = { read: number; newFrom: number | undefined }

/** How far this person has read a session, in this browser. Told to everyone who shows what is unread. */
export class ReadMark {
  private readonly key: string
  private readonly storage: () => Pick<Storage, 'getItem' | 'setItem'>
  private readonly listeners = new Set<() => void>()
  private reading: Reading | undefined
  private told: number | undefined

  constructor(sessionId: string, storage: () => Pick<Storage, 'getItem' | 'setItem'>) {
    this.key = `flint:read:${sessionId}`
    this.storage = storage
  }

  snapshot = (): Reading => {
    this.reading ??= { read: this.stored(), newFrom: undefined }
    return this.reading
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Everything up to this message is in sight. Never goes back: what was read stays read. */
  readTo(number: number) {
    if (number <= this.snapshot().read) return
    this.change({ read: number })
    try {
      this.storage().setItem(this.key, String(number))
    } catch {
      // Remembered until the next reload.
    }
  }

  /** There is something that is not in sight. Where the new begins stays as more is added below it. */
  missed({ first }: Unread) {
    const { newFrom, read } = this.snapshot()
    if (first !== undefined && (newFrom === undefined || newFrom <= read)) this.change({ newFrom: first })
  }

  /** Whoever writes has seen what is new. */
  wrote() {
    if (this.snapshot().newFrom !== undefined) this.change({ newFrom: undefined })
  }

  /** Messages up to this one are being told; up to which they were before, or undefined the first time: those were there before this tab was. */
  tellTo(number: number): number | undefined {
    const { told } = this
    this.told = number
    return told
  }

  private change(change: Partial<Reading>) {
    this.reading = { ...this.snapshot(), ...change }
    for (const listener of this.listeners) listener()
  }

  private stored(): number {
    try {
      return Number(this.storage().getItem(this.key)) || 0
    } catch {
      return 0
    }
  }
}
