/** What a combination needs to know of a keyboard event. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const macSigns: Record<string, string> = { Mod: '⌘', Alt: '⌥', Shift: '⇧', Ctrl: '⌃' }
const keySigns: Record<string, string> = {
  Enter: '↵',
  Backspace: '⌫',
  ArrowRight: '→',
  ArrowLeft: '←',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
}

/**
 * Whether a press is a combination such as `Mod+Shift+P` (`Mod`: ⌘ on a Mac, else Ctrl). Letters go by what the layout types,
 * or by their place on the keyboard where the layout or Alt types something else.
 */
export function matchesKeys(press: KeyPress, combination: string, mac: boolean): boolean {
  const parts = combination.split('+')
  const key = parts.at(-1) ?? ''
  const wants = (name: string) => parts.slice(0, -1).includes(name)
  if (press.ctrlKey !== (wants('Ctrl') || (wants('Mod') && !mac))) return false
  if (press.metaKey !== (wants('Mod') && mac)) return false
  if (press.altKey !== wants('Alt') || press.shiftKey !== wants('Shift')) return false
  if (key.length > 1) return press.key === key
  if (press.key.toUpperCase() === key) return true
  const typesLatin = /^[a-z]$/i.test(press.key)
  return !typesLatin && press.code === (/\d/.test(key) ? `Digit${key}` : `Key${key}`)
}

/** The combination as people write it: `Ctrl+Shift+P`, or `⇧⌘P` on a Mac. */
export function displayKeys(combination: string, mac: boolean): string {
  const parts = combination.split('+')
  const key = parts.at(-1) ?? ''
  const modifiers = parts.slice(0, -1)
  const shown = keySigns[key] ?? key
  if (!mac) return [...modifiers.map((name) => (name === 'Mod' ? 'Ctrl' : name)), shown].join('+')
  const order = ['Ctrl', 'Alt', 'Shift', 'Mod']
  return (
    order
      .filter((name) => modifiers.includes(name))
      .map((name) => macSigns[name])
      .join('') + shown
  )
}

/** Whether this browser runs where ⌘ is the main modifier. */
export function isMac(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform)
}
