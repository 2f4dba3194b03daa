export const POINTS_PER_APPLE = 10

const BEST_KEY = 'snake.best'

/** The part of `localStorage` that is needed here, so that a test can bring its own. */
export type ScoreStorage = Pick<Storage, 'getItem' | 'setItem'>

/** The best score so far; 0 if none is stored, or if what is stored is not a score. */
export function loadBest(storage: ScoreStorage): number {
  const stored = Number(storage.getItem(BEST_KEY))
  return Number.isInteger(stored) && stored > 0 ? stored : 0
}

/** Stores the score if it beats the best one, and returns the better of the two. */
export function saveBest(storage: ScoreStorage, score: number): number {
  const best = loadBest(storage)
  if (score <= best) return best
  storage.setItem(BEST_KEY, String(score))
  return score
}

export function formatScore(score: number): string {
  return String(score).padStart(4, '0')
}
