/** Whom one can mention; the assistant's id is `assistant`. */
export type Nameable = { id: string; name: string }

export const assistant: Nameable = { id: 'assistant', name: 'assistant' }

const token = /<@([A-Za-z0-9_-]{1,64})>/g

/** Who is mentioned in a body. */
export function mentionedIn(body: string): Set<string> {
  return new Set(Array.from(body.matchAll(token), ([, id = '']) => id))
}

/** What was typed, with ids in the place of names. `people`: where two have the same name, the first one is meant. */
export function withIds(text: string, people: readonly Nameable[]): string {
  const byLength = people.toSorted((one, other) => other.name.length - one.name.length)
  let body = ''
  let at = 0
  while (at < text.length) {
    const beginsWord = at === 0 || !/[\p{L}\p{N}_@]/u.test(text.charAt(at - 1))
    const named = text[at] === '@' && beginsWord ? byLength.find(({ name }) => namedAt(text, at + 1, name)) : undefined
    body += named === undefined ? text[at] : `<@${named.id}>`
    at += named === undefined ? 1 : named.name.length + 1
  }
  return body
}

function namedAt(text: string, at: number, name: string): boolean {
  const found = text.slice(at, at + name.length)
  if (name === '' || found.toLowerCase() !== name.toLowerCase()) return false
  return !/[\p{L}\p{N}_]/u.test(text.charAt(at + name.length))
}

/** A body as it was typed, by the names of now; what `write` makes of a mention. */
export function withNames(body: string, nameOf: (id: string) => string): string {
  return body.replace(token, (_mention, id: string) => `@${nameOf(id)}`)
}
