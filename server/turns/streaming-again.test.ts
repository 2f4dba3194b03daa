import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const path = 'a.txt'
const lines = (from: number, to: number, name: string) =>
  Array.from({ length: to - from }, (_, index) => `${name} ${from + index}\n`).join('')
const openBlock = (search: string) => `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n`
const close = '>>>>>>> REPLACE\n```\n'

test.each([
  ['below a line that stays', 'one\n', `one\n${lines(0, 60, 'new line')}`],
  ['above a line that stays', 'two\n', `${lines(0, 60, 'new line')}two\n`],
  ['at the end', '', lines(0, 60, 'new line')],
])(
  'A large block %s that is given twice is written once, and one that begins like it is written all the same.',
  async (_place, search, replace) => {
    const before = 'one\ntwo\n'
    const after = search === '' ? before + replace : before.replace(search, replace)
    const stage = await Stage.open({ [path]: before })
    const ask = async (said: string) => {
      const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId(path)] })
      const half = said.indexOf('new line 50')
      stage.model.say(said.slice(0, half))
      await stage.pass(12)
      const shown = await stage.text(path)
      stage.model.say(said.slice(half))
      stage.model.finish()
      await stage.end(turnId)
      return shown
    }
    expect(await ask(openBlock(search) + replace + close)).toContain('new line 49')
    expect(await stage.text(path)).toBe(after)
    await ask(openBlock(search) + replace + close)
    expect(await stage.text(path)).toBe(after)
    const other = replace.replace('new line 20', 'another line')
    expect(await ask(openBlock(search) + other + close)).toContain('another line')
  },
)
