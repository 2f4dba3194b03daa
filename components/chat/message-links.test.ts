import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { messageLinks, placeIn, shielded } from './message-links.ts'
import { PlainProse } from './prose.tsx'

const html = (body: string) =>
  renderToStaticMarkup(
    createElement(PlainProse, {
      text: shielded(body),
      plugins: [messageLinks],
      components: { a: ({ href }) => createElement('i', { title: href }) },
    }),
  )

/** Where the links of a body lead. */
const linksOf = (body: string) => Array.from(html(body).matchAll(/<i title="([^"]*)"/g), ([, href]) => href)

test('mentions become links, whatever markdown would make of their ids', () => {
  expect(linksOf('<@_a_> and **<@b-2>**, but not `<@c>`')).toEqual(['#person=_a_', '#person=b-2'])
})

test('a mention in code is left as it was written', () => {
  expect(html('`<@c>`')).toContain('&lt;@c&gt;')
})

test('places in files become links, also in code', () => {
  const links = linksOf('See src/game.ts:21, `a-b.tsx:3–9` and (index.html:4).')
  expect(links.map((href = '') => placeIn(href))).toEqual([
    { path: 'src/game.ts', line: 21 },
    { path: 'a-b.tsx', line: 3 },
    { path: 'index.html', line: 4 },
  ])
  expect(placeIn('#place=%')).toBeUndefined()
})

test('times, addresses, versions and links of their own are left alone', () => {
  expect(linksOf('at 10:30, 1.2.3:4, http://a.example.com:8080/x, [x](https://b.example/y.ts:3), localhost:80')).toEqual([
    'http://a.example.com:8080/x',
    'https://b.example/y.ts:3',
  ])
})

test('nobody can write what only stands for a mention', () => {
  expect(linksOf('\uE0006d617261\uE001')).toEqual([])
})
