import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { TooltipProvider } from '#ui/tooltip.tsx'
import { Prose } from './prose.tsx'

const shown = (text: string, growing = false) =>
  renderToStaticMarkup(createElement(TooltipProvider, null, createElement(Prose, { text, growing })))

describe('Prose', () => {
  test.each([false, true])('draws a fenced block as code with its language (growing: %s)', (growing) => {
    const html = shown('Like this:\n\n```ts\nconst a = 1\nconst b = 2\n```\n', growing)
    expect(html).toContain('aria-label="Code, ts"')
    expect(html).toContain('<code>const a = 1\nconst b = 2</code>')
  })

  test('draws code within a line as such', () => {
    expect(shown('Call `step()` once.')).toContain('Call <code>step()</code> once.')
  })

  test.each([
    ['raw HTML', '<script>alert(1)</script><b onclick="alert(1)">b</b>', /<script|<b/],
    ['an image', '![a chart](https://example.test/leak?q=1)', /<img|example\.test/],
    ['a script as a link', '[a](javascript:alert(1))', /javascript|<a/],
    ['data as a link', '[a](data:text/html,x)', /data:text|<a/],
  ])('leaves nothing of %s that does anything', (_, text, harm) => {
    expect(shown(text)).not.toMatch(harm)
  })

  test('opens a link in a page that learns nothing about this one', () => {
    expect(shown('[docs](https://example.test/docs)')).toContain(
      '<a href="https://example.test/docs" target="_blank" rel="noopener noreferrer nofollow">docs</a>',
    )
  })
})
