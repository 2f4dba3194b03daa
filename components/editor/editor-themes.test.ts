import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { defineThemes } from './editor-themes.ts'
import type { Monaco } from './monaco.ts'

type Theme = Parameters<Monaco['editor']['defineTheme']>[1]
type Colour = [red: number, green: number, blue: number]

const themes = new Map<string, Theme>()
defineThemes({ editor: { defineTheme: (name: string, theme: Theme) => themes.set(name, theme) } } as unknown as Monaco)
const tokens = readFileSync(new URL('../../app/tokens.css', import.meta.url), 'utf8')

const part = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
const opaque = (colour: string): Colour => [part(colour, 1), part(colour, 3), part(colour, 5)]
/** `colour` with this share of opacity, laid over another. */
const over = (colour: string, share: number, below: Colour) =>
  below.map((value, at) => (opaque(colour)[at] ?? 0) * share + value * (1 - share)) as Colour

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

test.each(['dark', 'light'])(
  'In the %s theme all code and its line numbers reach 4.5:1, also in the hunk under review.',
  (name) => {
    const theme = themes.get(`flint-${name}`)
    const css = tokens.slice(tokens.indexOf(`[data-theme='${name}']`))
    const token = (wanted: string) => new RegExp(`--${wanted}: (#[0-9a-f]+);`).exec(css)?.[1] ?? ''
    const background = opaque(theme?.colors['editor.background'] ?? '')
    const added = over(token('add-bg'), part(token('add-bg'), 7) / 255, background)
    const reviewed = over(token('add-gutter'), 0.1, added)

    const colours = [
      ...(theme?.rules ?? []).flatMap(({ token: rule, foreground }) => (foreground ? [[rule, `#${foreground}`] as const] : [])),
      ['line numbers', theme?.colors['editorLineNumber.foreground'] ?? ''] as const,
    ]
    expect(colours.length).toBeGreaterThan(10)
    const poor = colours.filter(([, colour]) =>
      [background, added, reviewed].some((surface) => !(contrast(opaque(colour), surface) >= 4.5)),
    )
    expect(poor).toEqual([])
  },
)
