import { expect, test } from 'vitest'
import { closestCandidates } from './closest-candidates.ts'
import { createTextIndex } from './text-index.ts'

function find(text: string, oldLines: readonly string[], most?: number): string[] {
  return closestCandidates(createTextIndex(text), oldLines, most).map(({ start, end }) => text.slice(start, end))
}

test('the place that comes closest is first', () => {
  const text =
    'function add(first, second) {\n  return first + second\n}\n\nfunction sub(first, second) {\n  return first - second\n}\n'
  const wanted = ['function sub(first, second) {', '  return first - third', '}']
  const [add, sub] = text.split('\n\n')
  expect(find(text, wanted)).toEqual([sub, `${add}\n`])
  expect(find(text, wanted, 1)).toEqual([sub])
})

test('places are found by equal lines and by long words', () => {
  expect(find('one\ntwo\nthree\nfour\n', ['two', 'three', 'something'])).toEqual(['two\nthree\n'])
  expect(find('a\n  await sendInvoice(customer)\nb\n', ['  await sendInvoices(customers)'])).toEqual([
    '  await sendInvoice(customer)\n',
  ])
})

test('of many equal lines some are named', () => {
  expect(find('x = 1\n'.repeat(1_000), ['x = 1'])).toHaveLength(3)
  expect(find('x = 1\n'.repeat(1_000), ['x = 1', 'y'])).toHaveLength(3)
})

test('what has less than a good third in common is not named', () => {
  expect(find('one\ntwo\n', ['one', 'b', 'c', 'd'])).toEqual([])
  expect(find('one\ntwo\n', ['completely', 'different'])).toEqual([])
  expect(find('one\ntwo\n', [])).toEqual([])
  expect(find('one\ntwo\n', ['', ' '])).toEqual([])
  expect(find('', ['one'])).toEqual([])
})

test('very long passages are not compared', () => {
  const lines = Array.from({ length: 400 }, (_, i) => `line number ${i}`)
  expect(find(`${lines.join('\n')}\n`, [...lines.slice(0, 150), 'x'])).toHaveLength(1)
  expect(find(`${lines.join('\n')}\n`, [...lines.slice(0, 300), 'x'])).toEqual([])
})
