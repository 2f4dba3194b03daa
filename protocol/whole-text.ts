/** The text without half of a surrogate pair at its end, as cutting at some length leaves it: no encoding carries that alone. */
export function withoutHalf(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
