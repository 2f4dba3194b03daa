import { expect, test } from 'vitest'
import { promptOf, quoteOf } from './message-prompt.ts'

const people = [{ participantId: 'p1', name: 'Mara Lind' }]

test('what the assistant is asked goes without its name', () => {
  expect(promptOf('<@assistant>, make it blue like <@p1> said', people)).toBe('make it blue like @Mara Lind said')
  expect(promptOf('could <@assistant> do it?', people)).toBe('could do it?')
})

test('a quotation says whose words they are', () => {
  expect(quoteOf('one\n<@p1>', 'Ada', people)).toBe('Ada wrote:\n> one\n> @Mara Lind\n\n')
})
