import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { commandNames, commands } from './commands.ts'
import { limits } from './limits.ts'
import { permits, roles } from './roles.ts'

describe('the command map', () => {
  test('stands in the README with the same least roles', async () => {
    const readme = await readFile(new URL('README.md', import.meta.url), 'utf8')
    const rows = [...readme.matchAll(/^\| (viewer|reviewer|editor|owner) \| (`.+`) \|$/gm)]
    const told = Object.fromEntries(
      rows.flatMap(([, role = '', names = '']) => names.split(', ').map((name) => [name.replaceAll('`', ''), role])),
    )
    expect(told).toEqual(Object.fromEntries(commandNames.map((name) => [name, commands[name].role])))
  })

  test.each(commandNames)('[M4] %s refuses unknown keys', (name) => {
    const parsed = commands[name].payload.safeParse({ surprise: 1 })
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true)
  })

  test('[D7] refuses an update above the socket limit', () => {
    const push = (bytes: number) =>
      commands['document.push'].payload.safeParse({ fileId: 'f', pushId: 'p', epoch: 0, update: new Uint8Array(bytes) })
    expect(push(limits.pushBytes).success).toBe(true)
    expect(push(limits.pushBytes + 1).success).toBe(false)
  })

  test('ids cannot name anything but an id', () => {
    for (const fileId of ['', 'a/b', '../x', 'x'.repeat(65), '__proto__ ']) {
      expect(commands['file.delete'].payload.safeParse({ fileId }).success).toBe(false)
    }
  })
})

test('a role permits what the ones before it may', () => {
  expect(roles.map((held) => roles.filter((needed) => permits(held, needed)).length)).toEqual([1, 2, 3, 4])
})
