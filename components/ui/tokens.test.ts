import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../app/tokens.css', import.meta.url), 'utf8')

/** The opaque colours of a theme, by token name without the dashes. */
function theme(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(selector)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]))
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['bg-0', 'bg-1', 'bg-2', 'bg-3', 'bg-hover']
const texts = [
  'text-1',
  'text-2',
  'text-3',
  'ember-text',
  'add-text',
  'del-text',
  'ok',
  'warn',
  'bad',
  'info',
  'p1',
  'p2',
  'p3',
  'p4',
  'p5',
]
const onColours = [
  ['on-ember', 'ember'],
  ['on-strong', 'strong'],
  ['bg-2', 'bad'],
  ...['p1', 'p2', 'p3', 'p4', 'p5'].map((person) => ['on-person', person]),
]

test.each(["[data-theme='dark']", "[data-theme='light']"])(
  'In %s every text reaches 4.5:1 on every surface it may stand on.',
  (selector) => {
    const colours = theme(selector)
    const pairs = [...texts.flatMap((text) => surfaces.map((surface) => [text, surface])), ...onColours]
    const poor = pairs
      .map(([text = '', surface = '']) => ({ text, surface, ratio: contrast(colours[text] ?? '', colours[surface] ?? '') }))
      .filter(({ ratio }) => !(ratio >= 4.5))
      .map(({ text, surface, ratio }) => `${text} on ${surface}: ${ratio.toFixed(2)}`)
    expect(poor).toEqual([])
  },
)

test('Both themes define the same tokens.', () => {
  expect(Object.keys(theme("[data-theme='dark']")).sort()).toEqual(Object.keys(theme("[data-theme='light']")).sort())
})
