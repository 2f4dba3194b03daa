const typographic = /[\u2010-\u2015\u2212\u2018-\u201F\u00A0\u2002-\u200A\u202F\u205F\u3000]/
const everyTypographic = new RegExp(typographic, 'g')

/**
 * The text with plain characters for typographic dashes, quotes and spaces, one for one: those that the V4A format folds on its last
 * pass.
 */
export function fold(text: string): string {
  return isFolded(text) ? text : text.replace(everyTypographic, plain)
}

export function isFolded(text: string): boolean {
  return !typographic.test(text)
}

function plain(character: string): string {
  const code = character.charCodeAt(0)
  if (code >= 0x2018 && code <= 0x201b) return "'"
  if (code >= 0x201c && code <= 0x201f) return '"'
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return '-'
  return ' '
}
