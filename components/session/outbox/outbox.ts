import type { Clock } from '../clock.ts'
import type { KeptCopy, OutboxBase, OutboxDatabase, OutboxRow } from './outbox-database.ts'

/** A browser whose store does not answer must not keep edits from being sent. */
const patienceMs = 2_000

type OutboxOptions = {
  sessionId: string
  tabId: string
  clock: Clock
  open(onLost: () => void): Promise<OutboxDatabase>
}

/**
 * What this browser keeps of one session until the server has it, for this tab and for whichever comes after it. Nothing rejects: where
 * the browser keeps nothing, edits live in the tab alone, and the answers say so. Operations run in the order in which they are called.
 */
export class Outbox {
  private readonly options: OutboxOptions
  private database: Promise<OutboxDatabase> | undefined

  constructor(options: OutboxOptions) {
    this.options = options
  }

  /**
   * Keeps a push before it is sent, in the place of others that it contains. False: it is kept in this tab only, until `onLate` tells
   * that the browser has it after all.
   */
  async keep(row: Omit<OutboxRow, 'sessionId' | 'tabId'>, instead: readonly string[], onLate?: () => void): Promise<boolean> {
    const { sessionId, tabId } = this.options
    return this.inTime(async (database) => {
      const transaction = database.transaction('outbox', 'readwrite', { durability: 'relaxed' })
      const gone = instead.map((pushId) => transaction.store.delete(pushId))
      await Promise.all([...gone, transaction.store.put({ ...row, sessionId, tabId }), transaction.done])
    }, onLate)
  }

  /** The server has these, or somebody was told that it will not take them. */
  forget(pushIds: readonly string[]) {
    if (pushIds.length === 0) return
    void this.whenever(async (database) => {
      const transaction = database.transaction('outbox', 'readwrite', { durability: 'relaxed' })
      await Promise.all([...pushIds.map((pushId) => transaction.store.delete(pushId)), transaction.done])
    })
  }

  /** Takes over what tabs that are gone have left, oldest first; this tab answers for it from now on. Bases that nothing needs go. */
  async adopt(isThere: (tabId: string) => boolean): Promise<OutboxRow[]> {
    const { sessionId, tabId } = this.options
    const adopted: OutboxRow[] = []
    await this.whenever(async (database) => {
      const transaction = database.transaction(['outbox', 'bases'], 'readwrite')
      const outbox = transaction.objectStore('outbox')
      const bases = transaction.objectStore('bases')
      const rows = await outbox.index('session').getAll(sessionId)
      const left = rows.filter((row) => row.tabId !== tabId && !isThere(row.tabId)).map((row) => ({ ...row, tabId }))
      const needed = new Set(rows.map(({ fileId, clientId }) => `${fileId} ${clientId}`))
      const stale = (await bases.index('session').getAllKeys(sessionId)).filter((key) => !needed.has(`${key[1]} ${key[2]}`))
      // Sent also where they cannot be marked as this tab's: another tab may send them again, which changes nothing.
      adopted.push(...left)
      await Promise.all([...left.map((row) => outbox.put(row)), ...stale.map((key) => bases.delete(key)), transaction.done])
    })
    return adopted.sort((one, other) => one.number - other.number)
  }

  keepBase(base: Omit<OutboxBase, 'sessionId'>) {
    const { sessionId } = this.options
    void this.whenever((database) => database.put('bases', { ...base, sessionId }))
  }

  async base(fileId: string, clientId: number): Promise<Uint8Array | undefined> {
    let base: OutboxBase | undefined
    await this.whenever(async (database) => {
      base = await database.get('bases', [this.options.sessionId, fileId, clientId])
    })
    return base?.state
  }

  /** Turns pushes into a copy. False: the copy is kept in this tab only, until `onLate`. */
  async setAside(copy: KeptCopy, pushIds: readonly string[], onLate?: () => void): Promise<boolean> {
    return this.inTime(async (database) => {
      const transaction = database.transaction(['outbox', 'copies'], 'readwrite')
      const outbox = transaction.objectStore('outbox')
      const gone = pushIds.map((pushId) => outbox.delete(pushId))
      await Promise.all([...gone, transaction.objectStore('copies').put(copy), transaction.done])
    }, onLate)
  }

  async copies(): Promise<KeptCopy[]> {
    let copies: KeptCopy[] = []
    await this.whenever(async (database) => {
      copies = await database.getAllFromIndex('copies', 'session', this.options.sessionId)
    })
    return copies.sort((one, other) => one.at - other.at)
  }

  dropCopy(copyId: string) {
    void this.whenever((database) => database.delete('copies', copyId))
  }

  /** For what delays no edit: nothing but the store can say what it holds. Resolves also where the store rejects. */
  private async whenever(work: (database: OutboxDatabase) => Promise<unknown>): Promise<void> {
    await this.open()
      .then(work)
      .catch(() => {})
  }

  private async inTime(work: (database: OutboxDatabase) => Promise<unknown>, onLate?: () => void): Promise<boolean> {
    let isLate = false
    const done = this.open()
      .then(work)
      .then(
        () => {
          if (isLate) onLate?.()
          return true
        },
        () => false,
      )
    let cancel = () => {}
    const late = new Promise<boolean>((resolve) => {
      cancel = this.options.clock.after(patienceMs, () => {
        isLate = true
        resolve(false)
      })
    })
    const kept = await Promise.race([done, late])
    cancel()
    return kept
  }

  private open(): Promise<OutboxDatabase> {
    return (this.database ??= this.options.open(() => (this.database = undefined)))
  }
}
