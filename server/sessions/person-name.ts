import { limits } from '#protocol/limits.ts'

/** What could hide in a name: control and format characters (also those that turn the direction of text), halves of pairs, blanks. */
const invisible =
  /[\p{Control}\p{Format}\p{Surrogate}\p{Private_Use}\p{Unassigned}\u115f\u1160\u3164\uffa0\u2800\p{Variation_Selector}]/gu

/** Letters of Greek and Cyrillic that look like Latin ones; digits that look like letters. */
const lookalikes = new Map([
  ...pairs('авекмнорстухіјѕԁӏոı01', 'abekmhopctyxijsdlniol'),
  ...pairs('αβεηικμνορτυχ', 'abenikmvoptux'),
])

/** Nobody may be called what the app itself is called. */
const reserved = ['assistant', 'theassistant', 'flint', 'system', 'you'].map(skeleton)

/** A name as it is shown, or undefined where nothing is left to see. */
export function cleanName(raw: string): string | undefined {
  const name = raw
    .normalize('NFC')
    .replaceAll(invisible, '')
    .replaceAll(/[\s\p{Separator}]+/gu, ' ')
    .trim()
  const visible = /[\p{Letter}\p{Number}\p{Symbol}]/u.test(name)
  return visible && name.length <= limits.personNameLength ? name : undefined
}

/** Two names with one key could be taken for each other. */
export function nameKey(name: string): string {
  return skeleton(name)
}

export function isReserved(name: string): boolean {
  return reserved.includes(skeleton(name))
}

function skeleton(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
  return Array.from(plain, (letter) => lookalikes.get(letter) ?? letter)
    .filter((letter) => /[\p{Letter}\p{Number}\p{Symbol}]/u.test(letter))
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('i', 'l')
}

function pairs(letters: string, likeness: string): [string, string][] {
  return Array.from(letters, (letter, index) => [letter, likeness.charAt(index)])
}
