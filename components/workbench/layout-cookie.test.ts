import { expect, test } from 'vitest'
import { defaultLayout, layoutFromCookie, layoutToCookie } from './layout-cookie.ts'

test('A layout survives the cookie.', () => {
  const layout = { sideWidth: 300, chatWidth: 420, sideOpen: false, chatOpen: true }
  expect(layoutFromCookie(layoutToCookie(layout))).toEqual(layout)
})

test.each([undefined, '', 'x', '300.420', '1.2.sc', '300.420.sx', '300.420.sc; evil'])('%j gives the default.', (value) => {
  expect(layoutFromCookie(value)).toEqual(defaultLayout)
})

test('Widths that no screen would show are brought within reach.', () => {
  expect(layoutFromCookie('9999.10.sc')).toEqual({ sideWidth: 600, chatWidth: 280, sideOpen: true, chatOpen: true })
})
