import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const cart = `export class Cart {
  sum = 0

  total(): number {
    return this.sum
  }
}
`

const edit = `I round the total.

src/cart.ts
\`\`\`ts
<<<<<<< SEARCH
    return this.sum
=======
    return Math.round(this.sum)
>>>>>>> REPLACE
\`\`\`
Done.
`

test('An answer reaches the viewer, the document and the store.', async () => {
  const stage = await Stage.open({ 'src/cart.ts': cart })
  const turnId = await stage.asked('Round it')
  for (const piece of edit.match(/[^]{1,7}/g) ?? []) stage.model.say(piece)
  stage.model.finish()
  const ended = await stage.end(turnId)
  expect(ended).toMatchObject({ reason: 'complete', measurements: { completionTokens: 21, tokensFrom: 'provider' } })
  expect(stage.tab.textOf(turnId)).toBe(edit)
  expect(await stage.turn(turnId)).toMatchObject({ status: 'ended', reason: 'complete', text: edit })
  expect(await stage.text('src/cart.ts')).toBe(cart.replace('this.sum\n  }', 'Math.round(this.sum)\n  }'))
  expect(await stage.hunks()).toMatchObject([
    {
      turnId,
      block: 1,
      path: 'src/cart.ts',
      kind: 'edit',
      state: 'settled',
      rung: 'exact',
      baseText: '    return this.sum\n',
      addedLines: 1,
      deletedLines: 1,
    },
  ])
  expect((await stage.turn(turnId)).marks).toEqual([
    { type: 'open', block: 1, at: edit.indexOf('src/cart.ts'), path: 'src/cart.ts' },
    { type: 'close', block: 1, at: edit.indexOf('Done.') },
  ])
})
