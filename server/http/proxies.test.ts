import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { createProxies } from './proxies.ts'

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' },
  }) as unknown as IncomingMessage

test('without a proxy of our own the header says nothing', () => {
  expect(createProxies([]).addressOf(from('::ffff:10.0.0.7', '1.2.3.4'))).toBe('10.0.0.7')
})

test('a proxy of our own is believed, and nothing that stands before the first foreign address', () => {
  const { addressOf } = createProxies(['10.0.0.1', '10.0.0.2'])
  expect(addressOf(from('::ffff:10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2'))).toBe('1.2.3.4')
  expect(addressOf(from('10.0.0.1'))).toBe('10.0.0.1')
  expect(addressOf(from('9.9.9.9', '1.2.3.4'))).toBe('9.9.9.9')
})

test('that the browser speaks https is believed of a proxy of our own alone', () => {
  expect(createProxies([]).saysHttps(from('::ffff:10.0.0.1'))).toBe(false)
  const { saysHttps } = createProxies(['10.0.0.1'])
  expect(['::ffff:10.0.0.1', '10.0.0.1', '10.0.0.2', ''].map((sender) => saysHttps(from(sender)))).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('of several proxies the nearest one is believed, which wrote last', () => {
  const { saysHttps } = createProxies(['10.0.0.1'])
  const said = ['https', 'http, https', 'https, http', 'https,https', 'http'].map((proto) => {
    const request = from('10.0.0.1')
    request.headers['x-forwarded-proto'] = proto
    return saysHttps(request)
  })
  expect(said).toEqual([true, true, false, true, false])
})
