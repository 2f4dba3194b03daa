import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { similarPlace } from './similar-place.ts'

const find = (text: string, oldLines: readonly string[], newLines: readonly string[] = ['new']) =>
  similarPlace(text, oldLines, newLines, () => false)

const cart = `export class Cart {
  items: Item[] = []

  total(): number {
    let sum = 0
    for (const item of this.items) sum += item.price
    return sum
  }

  isEmpty(): boolean {
    return this.items.length === 0
  }
}
`

/** What stands between two lines of the cart, both included. */
function rangeOf(first: string, last: string) {
  const start = cart.lastIndexOf('\n', cart.indexOf(first)) + 1
  return { start, end: cart.indexOf('\n', cart.indexOf(last, start)) + 1 }
}

describe('a place that comes near', () => {
  test('is found in spite of slips in its lines, and lines that stay are the file’s own', () => {
    const oldLines = [
      '  total(): nubmer {',
      '    let sum = 0',
      '    for (const item of this.items) sum += item.prize',
      '    return sum',
      '  }',
    ]
    const newLines = [...oldLines.slice(0, 3), '    return round(sum)', '  }']
    expect(find(cart, oldLines, newLines)).toEqual({
      ...rangeOf('total()', '  }'),
      newLines: [
        '  total(): number {',
        '    let sum = 0',
        '    for (const item of this.items) sum += item.price',
        '    return round(sum)',
        '  }',
      ],
    })
  })

  test('may have a line more than was looked for, which stays', () => {
    const oldLines = ['  total(): number {', '    let sum = 0', '    return sum', '  }']
    const newLines = ['  total(): number {', '    let sum = 1', '    return sum', '  }']
    expect(find(cart, oldLines, newLines)).toEqual({
      ...rangeOf('total()', '  }'),
      newLines: [
        '  total(): number {',
        '    let sum = 1',
        '    for (const item of this.items) sum += item.price',
        '    return sum',
        '  }',
      ],
    })
  })

  test('keeps a line too many also where the block changes the line below it', () => {
    const oldLines = ['  total(): number {', '    let sum = 0', '    return sum', '  }']
    expect(find(cart, oldLines, [...oldLines.slice(0, 2), '    return round(sum)', '  }'])).toMatchObject({
      newLines: [
        '  total(): number {',
        '    let sum = 0',
        '    for (const item of this.items) sum += item.price',
        '    return round(sum)',
        '  }',
      ],
    })
  })

  test('may have a line less than was looked for, which does not come back', () => {
    const oldLines = [
      '  total(): number {',
      '    let sum = 0',
      '    const tax = 7',
      '    for (const item of this.items) sum += item.price',
      '    return sum',
      '  }',
    ]
    expect(find(cart, oldLines, [...oldLines.slice(0, 4), '    return sum * tax', '  }'])).toEqual({
      ...rangeOf('total()', '  }'),
      newLines: [
        '  total(): number {',
        '    let sum = 0',
        '    for (const item of this.items) sum += item.price',
        '    return sum * tax',
        '  }',
      ],
    })
  })

  test('gives new lines its own indent, the first one that of its first line', () => {
    const oldLines = [
      'total(): number {',
      '  let sum = 0',
      '  for (const item of this.items) sum += item.prize',
      '  return sum',
      '}',
    ]
    expect(find(cart, oldLines, ['sum(): number {', '  let x = 0', '', '  return x', '}'])).toMatchObject({
      newLines: ['  sum(): number {', '    let x = 0', '', '    return x', '  }'],
    })
    const cut = [
      'total(): number {',
      '    let sum = 0',
      '    for (const item of this.items) sum += item.price',
      '    return sum',
    ]
    expect(find(cart, cut, ['sum(): number {', '    return 0'])).toMatchObject({
      newLines: ['  sum(): number {', '    return 0'],
    })
  })

  test('includes blank lines at its edges that were looked for', () => {
    const oldLines = ['', '  isEmpty(): bool {', '    return this.items.length === 0', '  }', '}']
    expect(find(cart, oldLines)).toMatchObject({ start: rangeOf('isEmpty()', '  }').start - 1, end: cart.length })
  })

  test('ends with a text that has no final line feed', () => {
    expect(find('first one\nthe second line', ['the secnd line'])).toEqual({ start: 10, end: 25, newLines: ['new'] })
  })
})

describe('nothing is found', () => {
  test('where too few lines are nearly equal', () => {
    expect(
      find(cart, ['  total(): number {', '    const all = []', '    while (next()) all.push(1)', '    return sum', '  }']),
    ).toBe(undefined)
    expect(find(cart, ['nothing of this', 'is in the text'])).toBe(undefined)
    expect(find(cart, [])).toBe(undefined)
    expect(find(cart, ['', '  '])).toBe(undefined)
    expect(find('', ['a'])).toBe(undefined)
  })

  test('where another place comes as near, or nearly', () => {
    expect(find(`${cart}${cart}`, ['  total(): nubmer {', '    let sum = 0'])).toBe(undefined)
    expect(find('const first = read(1)\nx\nconst first = read(2)\n', ['const first = read(3)'])).toBe(undefined)
  })

  test('where the text repeats itself', () => {
    expect(find('value = next(a)\n'.repeat(3), ['value = next(a)', 'value = next(b)'])).toBe(undefined)
  })

  test('for lines that are to go and leave nothing: they may be gone already, and what resembles them is a neighbour', () => {
    const text = "import { a } from './a'\nimport { c } from './see'\n"
    const gone = ["import { b } from './see'"]
    expect(find(text, gone, [])).toBeUndefined()
    expect(find(text, gone, ['', '  '])).toBeUndefined()
    expect(find(text, gone, ["import { b } from './bee'"])).toBeDefined()
  })

  test('when there is no time', () => {
    const slip = ['  total(): nubmer {', '    let sum = 0', '    for (const item of this.items) sum += item.price']
    let asked = 0
    expect(similarPlace(cart, slip, ['new'], () => false)).toBeDefined()
    for (let most = 0; most < 6; most += 1) {
      asked = 0
      const isLate = () => {
        asked += 1
        return asked > most
      }
      expect(similarPlace(cart, slip, ['new'], isLate)).toBe(undefined)
    }
  })
})

const word = fc.stringMatching(/^[a-z]{5,9}$/)
const someText = fc.uniqueArray(fc.tuple(word, word, word), { minLength: 12, maxLength: 40, selector: ([first]) => first })

test('lines with a slip each are found where they are, and nowhere as soon as they stand twice', () => {
  fc.assert(
    fc.property(someText, fc.nat(), fc.integer({ min: 4, max: 8 }), (words, at, count) => {
      const lines = words.map(([a, b, c]) => `  ${a} = ${b}(${c}, ${a}, ${b})`)
      const first = at % (lines.length - count)
      const wanted = lines.slice(first, first + count)
      const oldLines = wanted.map((line, i) => (i % 2 === 0 ? `${line.slice(0, 12)}${line.slice(13)}` : line))
      const text = `${lines.join('\n')}\n`
      const start = lines.slice(0, first).join('\n').length + (first === 0 ? 0 : 1)
      expect(find(text, oldLines, [...oldLines, '  x'])).toEqual({
        start,
        end: start + wanted.join('\n').length + 1,
        newLines: [...wanted, '  x'],
      })
      expect(find(`${text}between\n${wanted.join('\n')}\n`, oldLines)).toBe(undefined)
    }),
    { numRuns: 1000 },
  )
})

test('whatever comes in, what comes out is whole lines', () => {
  const anything = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', 'a', '\ta', 'value = 1', 'value = 12', '}')),
    {
      maxLength: 10,
    },
  )
  fc.assert(
    fc.property(anything, anything, anything, (lines, oldLines, newLines) => {
      const text = lines.join('\n')
      const { start, end } = find(text, oldLines, newLines) ?? { start: 0, end: text.length }
      expect(start === 0 || text[start - 1] === '\n').toBe(true)
      expect(end === text.length || text[end - 1] === '\n').toBe(true)
    }),
    { numRuns: 1000 },
  )
})
