import type { LookedStorage } from './looked-hunks.ts'

/** More ids than anybody looks at in one tab; the oldest go first. */
const mostKept = 20_000

/** This tab's storage. Private windows and full disks make it throw; then a reload only counts again. */
export function tabStorage(sessionId: string): LookedStorage {
  const key = `flint-looked:${sessionId}`
  return {
    read() {
      try {
        const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
        return Array.isArray(stored) ? stored.filter((hunkId) => typeof hunkId === 'string') : []
      } catch {
        return []
      }
    },
    write(hunkIds) {
      try {
        sessionStorage.setItem(key, JSON.stringify(hunkIds.slice(-mostKept)))
      } catch {
        // Not remembered; nothing else depends on it.
      }
    },
  }
}
