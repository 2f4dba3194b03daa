import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const path = 'a.txt'
const numbered = (name: string, from: number, to: number, prefix = '') =>
  Array.from({ length: to - from }, (_, index) => `${prefix}${name} ${from + index}\n`).join('')
const begin = `*** Begin Patch\n*** Update File: ${path}\n@@\n`
const end = '*** End Patch\n'

/** Says the parts of an answer with some frames between them; the text after each. */
async function told(stage: Stage, ...parts: string[]): Promise<string[]> {
  const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId(path)] })
  const texts: string[] = []
  for (const part of parts) {
    stage.model.say(part)
    await stage.pass(4)
    texts.push(await stage.text(path))
  }
  stage.model.finish()
  await stage.end(turnId)
  return [...texts, await stage.text(path)]
}

test('A chunk with many new lines is written while it arrives, and its later lines go on from there.', async () => {
  const stage = await Stage.open({ [path]: `one\ntwo\nthree\nfour\n${numbered('old', 0, 5)}` })
  const rest = ` four\n-old 0\n+fresh 0\n@@\n old 3\n-old 4\n+fresh 4\n${end}`
  const texts = await told(
    stage,
    `${begin} one\n-two\n${numbered('new', 0, 45, '+')}`,
    `${numbered('new', 45, 50, '+')} three\n`,
    rest,
  )
  const written = numbered('new', 0, 50)
  expect(texts.slice(0, 2)).toEqual([
    `one\n${numbered('new', 0, 45)}two\nthree\nfour\n${numbered('old', 0, 5)}`,
    `one\n${written}three\nfour\n${numbered('old', 0, 5)}`,
  ])
  expect(texts.at(-1)).toBe(`one\n${written}three\nfour\nfresh 0\nold 1\nold 2\nold 3\nfresh 4\n`)
  const hunks = await stage.hunks()
  expect(hunks).toMatchObject([
    { state: 'settled', addedLines: 53, deletedLines: 4 },
    { state: 'settled', addedLines: 1, deletedLines: 1, baseText: 'old 4\n' },
  ])
  for (const { hunkId } of hunks) await stage.decide('reject', [hunkId])
  expect(await stage.text(path)).toBe(`one\ntwo\nthree\nfour\n${numbered('old', 0, 5)}`)
})

test('A chunk whose later lines are not where its first ones are is taken back, and shown.', async () => {
  const before = 'one\ntwo\nthree\n'
  const stage = await Stage.open({ [path]: before })
  const texts = await told(stage, `${begin} one\n${numbered('new', 0, 45, '+')}`, ` three\n+after\n${end}`)
  expect(texts[0]).toBe(`one\n${numbered('new', 0, 45)}two\nthree\n`)
  expect(texts.at(-1)).toBe(before)
  const [hunk] = await stage.hunks()
  expect(hunk).toMatchObject({ state: 'unmatched', reason: 'no_match' })
  expect(hunk?.candidates).toHaveLength(1)
})

test('A chunk of the end of the file that began elsewhere is taken back, and shown.', async () => {
  const before = 'class A {\n  a\n}\nclass B {\n  b\n}\n'
  const stage = await Stage.open({ [path]: before })
  const inA = `*** Begin Patch\n*** Update File: ${path}\n@@ class A {\n }\n`
  const texts = await told(stage, `${inA}${numbered('new', 0, 45, '+')}`, `*** End of File\n${end}`)
  expect(texts[0]).toBe(`class A {\n  a\n}\n${numbered('new', 0, 45)}class B {\n  b\n}\n`)
  expect(texts.at(-1)).toBe(before)
  expect(await stage.hunks()).toMatchObject([{ state: 'unmatched', reason: 'no_match' }])
})

test('Later lines of a streaming chunk may lack the trailing space of the file, which they keep.', async () => {
  const stage = await Stage.open({ [path]: 'one\n    \ntwo  \nthree\n  four \n' })
  const rest = `\n two\n-three\n+3\n   four\n${end}`
  const texts = await told(stage, `${begin} one\n${numbered('new', 0, 45, '+')}`, rest)
  expect(texts.at(-1)).toBe(`one\n${numbered('new', 0, 45)}    \ntwo  \n3\n  four \n`)
  expect(await stage.hunks()).toMatchObject([{ state: 'settled', rung: 'trailing_space', addedLines: 48, deletedLines: 3 }])
})

test('An empty line too many at the end of a streaming chunk is nothing, one that stands there is kept.', async () => {
  const stage = await Stage.open({ [path]: 'one\n\ntwo\n' })
  const texts = await told(stage, `${begin} one\n${numbered('new', 0, 45, '+')}`, ` \n two\n`, ` \n${end}`)
  expect(texts.at(-1)).toBe(`one\n${numbered('new', 0, 45)}\ntwo\n`)
  expect(await stage.hunks()).toMatchObject([{ state: 'settled', addedLines: 45, deletedLines: 0 }])
})

test('What a person types in and behind a streaming chunk stays, and stopping takes only the chunk back.', async () => {
  const before = `one\n${numbered('old', 0, 5)}two\n`
  const stage = await Stage.open({ [path]: before })
  const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId(path)] })
  stage.model.say(`${begin} one\n-old 0\n${numbered('new', 0, 45, '+')}`)
  await stage.pass(4)
  await stage.type(path, (text) => text.insert(text.toString().indexOf('new 7'), 'mine '))
  await stage.type(path, (text) => text.insert(text.toString().indexOf('old 3'), 'my '))
  stage.model.say(`${numbered('new', 45, 50, '+')}-old 1\n-old 2\n`)
  await stage.pass(4)
  await Promise.all([stage.stop(turnId), stage.end(turnId)])
  expect(await stage.text(path)).toBe(`one\nmine ${numbered('old', 0, 3)}my ${numbered('old', 3, 5)}two\n`)
})

test('A chunk that is given twice is written once.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\n' })
  const parts = [`${begin} one\n${numbered('new', 0, 45, '+')}`, `${numbered('new', 45, 60, '+')} two\n${end}`] as const
  await told(stage, ...parts)
  await told(stage, ...parts)
  expect(await stage.text(path)).toBe(`one\n${numbered('new', 0, 60)}two\n`)
})
