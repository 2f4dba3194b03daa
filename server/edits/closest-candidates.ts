import type { TextIndex } from './text-index.ts'
export function closestCandidates(_index: TextIndex, _oldLines: readonly string[]): { start: number; end: number }[] {
  return []
}
