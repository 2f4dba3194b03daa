export function similarPlace(
  _text: string,
  _oldLines: readonly string[],
  _newLines: readonly string[],
  _isLate: () => boolean,
): { start: number; end: number; newLines: readonly string[] } | undefined {
  return undefined
}
