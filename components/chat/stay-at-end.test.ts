import { expect, test } from 'vitest'
import { staysAtEnd } from './stay-at-end.ts'

const atEnd = { scrollTop: 600, scrollHeight: 1_000, clientHeight: 400 }

test('content that grew after the view was put at the end does not leave the end', () => {
  expect(staysAtEnd(true, atEnd, { ...atEnd, scrollHeight: 1_300 })).toBe(true)
})

test('content that shrank under the view and grew again does not leave the end', () => {
  expect(staysAtEnd(true, atEnd, { ...atEnd, scrollTop: 500, scrollHeight: 990 })).toBe(true)
})

test('a view that became smaller does not leave the end', () => {
  expect(staysAtEnd(true, atEnd, { ...atEnd, clientHeight: 340 })).toBe(true)
})

test('a reader who scrolls up leaves the end, also while content grows', () => {
  expect(staysAtEnd(true, atEnd, { ...atEnd, scrollTop: 500 })).toBe(false)
  expect(staysAtEnd(true, atEnd, { ...atEnd, scrollTop: 590, scrollHeight: 1_300 })).toBe(false)
})

test('a few pixels up are still the end', () => {
  expect(staysAtEnd(true, atEnd, { ...atEnd, scrollTop: 560 })).toBe(true)
})

test('who has left the end comes back by scrolling there, and not by itself', () => {
  const up = { ...atEnd, scrollTop: 100 }
  expect(staysAtEnd(false, up, { ...up, scrollTop: 300 })).toBe(false)
  expect(staysAtEnd(false, up, { ...up, scrollTop: 590 })).toBe(true)
})
