import type { TextIndex } from './text-index.ts'
export function isAlreadyApplied(_index: TextIndex, _oldLines: readonly string[], _newLines: readonly string[]): boolean {
  return false
}
