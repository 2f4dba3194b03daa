import { expect, test } from 'vitest'
import { startReviews } from './reviews-fixture.ts'

const code = 'function sum(a, b) {\n  const c = a + b\n  return c\n}\n'

async function suggested(text: string, from: number, to: number) {
  const fixture = await startReviews(code)
  const { reviews, person, lines, fileId } = fixture
  const bea = person('bea', 'reviewer')
  const anchor = await lines(from, to)
  await reviews.create(bea, { fileId, anchor, commentId: 'c1', body: '', suggestion: { text }, pending: false })
  return fixture
}

test('[R6] an editor applies a suggestion: the lines are replaced, it says who did it, and the thread is resolved', async () => {
  const { reviews, documents, person, fileId, seenBy } = await suggested('  return a + b', 2, 3)
  await reviews.applySuggestion(person('eda', 'editor'), 'c1')
  expect((await documents.text(fileId)).text).toBe('function sum(a, b) {\n  return a + b\n}\n')
  expect(await seenBy('bea')).toMatchObject([
    { state: 'resolved', resolvedBy: 'eda', comments: [{ suggestion: { text: '  return a + b\n', appliedBy: 'eda' } }] },
  ])
})

test('[R6] the edit is a push of the person who applied it', async () => {
  const { reviews, documents, person } = await suggested('  return a + b', 2, 3)
  const authors: unknown[] = []
  documents.onCommitted(({ author }) => authors.push(author))
  await reviews.applySuggestion(person('eda', 'editor'), 'c1')
  await reviews.applySuggestion(person('eda', 'editor'), 'c1')
  expect(authors).toEqual([{ kind: 'participant', participantId: 'eda' }])
})

test('[R6] what was written in other lines of the passage meanwhile is kept', async () => {
  const { reviews, documents, person, fileId, edit } = await suggested('  const c = add(a, b)\n  return c', 2, 3)
  await edit((text) => text.insert(text.toString().indexOf('return'), '// done\n  '))
  await reviews.applySuggestion(person('eda', 'editor'), 'c1')
  expect((await documents.text(fileId)).text).toBe('function sum(a, b) {\n  const c = add(a, b)\n  // done\n  return c\n}\n')
})

test('[R6] where the same line was changed nothing is written, and the suggestion stays', async () => {
  const { reviews, documents, person, fileId, edit, seenBy } = await suggested('  const c = add(a, b)', 2, 2)
  await edit((text) => text.insert(text.toString().indexOf('+ b') + 3, ' // sum'))
  const before = (await documents.text(fileId)).text
  await expect(reviews.applySuggestion(person('eda', 'editor'), 'c1')).rejects.toMatchObject({ code: 'changed_meanwhile' })
  expect((await documents.text(fileId)).text).toBe(before)
  expect((await seenBy('bea'))[0]).toMatchObject({ state: 'open' })
})

test('[R6] a suggestion whose lines are gone is not applied, nor one of a file that is gone', async () => {
  const { reviews, sessions, sessionId, person, fileId, edit } = await suggested('  return 0', 3, 3)
  await edit((text) => text.delete(text.toString().indexOf('  return'), '  return c\n'.length))
  await expect(reviews.applySuggestion(person('eda', 'editor'), 'c1')).rejects.toMatchObject({ code: 'changed_meanwhile' })
  await sessions.deleteFile(sessionId, fileId)
  await expect(reviews.applySuggestion(person('eda', 'editor'), 'c1')).rejects.toMatchObject({ code: 'not_found' })
})

test('[R6] an empty suggestion deletes the lines', async () => {
  const { reviews, documents, person, fileId } = await suggested('', 2, 2)
  await reviews.applySuggestion(person('eda', 'editor'), 'c1')
  expect((await documents.text(fileId)).text).toBe('function sum(a, b) {\n  return c\n}\n')
})
