/** `Mara is writing…`; empty where nobody is. */
export function typingWording(names: readonly string[]): string {
  const [first, second] = names
  if (first === undefined) return ''
  if (second === undefined) return `${first} is writing…`
  return names.length === 2 ? `${first} and ${second} are writing…` : `${first} and ${names.length - 1} others are writing…`
}
