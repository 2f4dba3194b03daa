import { expect, test } from 'vitest'
import { followText } from './follow-text.ts'
import { eventually, online, openDocument, server, tab } from './testing/tab.ts'
import { manualClock } from './testing/manual-time.ts'

test('a text is read when its document is opened, seldom while it changes, and no more once it is not followed', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'one'))
  const client = tab(small.url)
  await online(client)
  const clock = manualClock()
  const seen: (string | undefined)[] = []
  const stop = followText(client.documents, 'f1', (text) => seen.push(text?.toString()), clock)
  expect(seen).toEqual([undefined])
  const document = await openDocument(client, 'f1')
  expect(seen).toEqual([undefined, 'one'])
  document.text.insert(3, ' two')
  document.text.insert(7, ' three')
  expect(seen).toEqual([undefined, 'one'])
  clock.advance(300)
  expect(seen).toEqual([undefined, 'one', 'one two three'])
  document.text.insert(0, 'zero ')
  stop()
  clock.advance(300)
  expect(seen).toEqual([undefined, 'one', 'one two three'])
})

test('the text of a document that was read anew is followed in place of the old one', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'one'))
  const client = tab(small.url)
  await online(client)
  await openDocument(client, 'f1')
  const seen: (string | undefined)[] = []
  followText(client.documents, 'f1', (text) => seen.push(text?.toString()), manualClock())
  client.documents.discard('f1')
  await eventually(() => expect(seen).toEqual(['one', undefined, 'one']))
})
