import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { apply } from './apply.ts'
import { block, filesIn, patch, run, temporaryFolder, told } from './testing/temporary-folder.ts'

const script = fileURLToPath(new URL('../apply.mjs', import.meta.url))

test('the result says what became of each hunk', async () => {
  const folder = temporaryFolder({ 'a.ts': 'one()\ntwo()\ntwo()\n' })
  const answer = block('a.ts', 'one()\n', 'uno()\n') + block('b.ts', '', 'tre()\n') + block('c.ts', 'x\n', 'y\n')
  expect(await run(folder, answer)).toEqual({
    code: 2,
    stderr: '',
    output: {
      format: 'blocks',
      applied: 2,
      failed: 1,
      hunks: [
        { path: 'a.ts', op: 'update', state: 'applied', rung: 'exact', code: null, message: null },
        { path: 'b.ts', op: 'add', state: 'applied', rung: 'exact', code: null, message: null },
        {
          path: 'c.ts',
          op: 'update',
          state: 'unmatched',
          rung: null,
          code: 'no_such_file',
          message: 'there is no such file',
        },
      ],
    },
  })
  expect(filesIn(folder)).toEqual({ 'a.ts': 'uno()\ntwo()\ntwo()\n', 'b.ts': 'tre()\n' })
})

test('the other hunks of a file apply although one of them fails', async () => {
  const folder = temporaryFolder({ 'a.ts': 'one()\ntwo()\ntwo()\nthree()\n' })
  const answer =
    block('a.ts', 'one()\n', 'uno()\n') + block('a.ts', 'three()\n', 'tre()\n') + block('a.ts', 'two()\n', 'due()\n')
  const result = await run(folder, answer)
  expect(result.output?.hunks[2]).toEqual({
    path: 'a.ts',
    op: 'update',
    state: 'ambiguous',
    rung: null,
    code: 'several_matches',
    message: 'the old text stands in the file more than once (lines 2, 3)',
  })
  expect(filesIn(folder)).toEqual({ 'a.ts': 'uno()\ntwo()\ntwo()\ntre()\n' })
})

test('an answer that was applied before is no failure', async () => {
  const folder = temporaryFolder({ 'a.ts': 'one()\n' })
  const answer = block('a.ts', 'one()\n', 'uno()\n')
  await run(folder, answer)
  const again = await run(folder, answer)
  expect({ code: again.code, applied: again.output?.applied, told: told(again) }).toEqual({
    code: 0,
    applied: 1,
    told: ['update a.ts already_applied'],
  })
  expect(filesIn(folder)).toEqual({ 'a.ts': 'uno()\n' })
})

test.each([
  ['an unknown option', ['--dir', '.', '--frobnicate']],
  ['an argument too many', ['--dir', '.', 'answer.txt']],
  ['an unknown format', ['--dir', '.', '--format', 'json']],
  ['a name that every object has', ['--dir', '.', '--format', 'constructor']],
  ['a chunk that is no number', ['--dir', '.', '--chunk', 'many']],
  ['a negative chunk', ['--dir', '.', '--chunk=-1']],
  ['no folder', []],
  ['a folder that is not there', ['--dir', 'no-such-folder']],
])('bad usage says so on stderr and ends with 1: %s', async (_, args) => {
  const written = { stdout: '', stderr: '' }
  const code = await apply({
    args,
    workingFolder: temporaryFolder(),
    stdin: process.stdin,
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
  })
  expect({ code, stdout: written.stdout, says: written.stderr.startsWith('apply: ') }).toEqual({
    code: 1,
    stdout: '',
    says: true,
  })
})

test('a file is not a folder to apply to', async () => {
  const folder = temporaryFolder({ 'a.ts': 'one()\n' })
  expect(await run(`${folder}/a.ts`, '')).toEqual({
    code: 1,
    stderr: `apply: ${folder}/a.ts is not a folder\n`,
    output: undefined,
  })
})

test('an answer that is not UTF-8 is bad usage', async () => {
  const folder = temporaryFolder()
  expect(await run(folder, Uint8Array.of(0xff, 0xfe))).toEqual({
    code: 1,
    stderr: 'apply: the answer is not UTF-8\n',
    output: undefined,
  })
})

test('an answer without a block changes nothing, and nothing failed', async () => {
  const nothing = { code: 0, stderr: '', output: { format: 'none', applied: 0, failed: 0, hunks: [] } }
  const folder = temporaryFolder({ 'a.ts': 'one()\n' })
  expect(await run(folder, 'All is well.\n')).toEqual(nothing)
  expect(await run(folder, '')).toEqual(nothing)
})

test('a dry run says the same and writes nothing', async () => {
  const before = { 'a.ts': 'one()\n', 'old.ts': 'x\n' }
  const folder = temporaryFolder(before)
  const answer =
    block('a.ts', 'one()\n', 'uno()\n') +
    block('src/b.ts', '', 'tre()\n') +
    patch('*** Delete File: old.ts') +
    block('a.ts', 'no\n', '')
  const dry = await run(folder, answer, '--dry-run')
  expect(filesIn(folder)).toEqual(before)
  expect(dry).toEqual(await run(folder, answer))
  expect(filesIn(folder)).toEqual({ 'a.ts': 'uno()\n', 'src/b.ts': 'tre()\n' })
})

test('a fuzzy match applies and says so, unless it is refused', async () => {
  const lines = [
    'const first = load(1)',
    'const second = load(2)',
    'const third = load(3)',
    'const fourth = load(4)',
    'done()',
    '',
  ]
  const text = lines.join('\n')
  const folder = temporaryFolder({ 'a.ts': text })
  const answer = block('a.ts', text.replace('load(3)', 'load(33)'), text.replace('load(3)', 'load(33)').replace('done', 'end'))
  const strict = await run(folder, answer, '--strict')
  expect(strict.output?.hunks).toEqual([
    {
      path: 'a.ts',
      op: 'update',
      state: 'refused',
      rung: null,
      code: 'fuzzy_match',
      message: 'the old text only resembles that place (closest: line 1)',
    },
  ])
  expect({ code: strict.code, files: filesIn(folder) }).toEqual({ code: 2, files: { 'a.ts': text } })
  const lax = await run(folder, answer)
  expect(lax.output?.hunks).toEqual([
    {
      path: 'a.ts',
      op: 'update',
      state: 'applied',
      rung: 'fuzzy',
      code: null,
      message: 'found by similarity only, at line 1: please review',
    },
  ])
  expect(filesIn(folder)).toEqual({ 'a.ts': text.replace('done', 'end') })
})

test('blocks of another format than the one that is asked for are text', async () => {
  const answer = `${block('a.ts', 'one()\n', 'uno()\n')}${patch('*** Add File: b.ts', '+two()')}\nc.ts\n\`\`\`\nthree()\n\`\`\`\n`
  const applied: Record<string, unknown> = {}
  for (const format of ['auto', 'blocks', 'patch', 'whole']) {
    const folder = temporaryFolder({ 'a.ts': 'one()\n' })
    const { output } = await run(folder, answer, '--format', format)
    applied[format] = { format: output?.format, files: filesIn(folder) }
  }
  expect(applied).toEqual({
    auto: { format: 'mixed', files: { 'a.ts': 'uno()\n', 'b.ts': 'two()\n', 'c.ts': 'three()\n' } },
    blocks: { format: 'blocks', files: { 'a.ts': 'uno()\n' } },
    patch: { format: 'patch', files: { 'a.ts': 'one()\n', 'b.ts': 'two()\n' } },
    whole: { format: 'whole', files: { 'a.ts': 'one()\n', 'c.ts': 'three()\n' } },
  })
})

test('it does not matter in what pieces the answer is read', async () => {
  const results: object[] = []
  for (const chunk of ['0', '1', '7', '1000000']) {
    const folder = temporaryFolder({ 'a.ts': 'one("👋")\ntwo()\n' })
    const answer = `Fine 👍🏽:\r\n\r\n${block('a.ts', 'one("👋")\n', 'uno("🌍")\n').replaceAll('\n', '\r\n')}`
    results.push({ ...(await run(folder, answer, '--chunk', chunk)), files: filesIn(folder) })
  }
  expect(results[0]).toMatchObject({ code: 0, files: { 'a.ts': 'uno("🌍")\ntwo()\n' } })
  expect(results).toEqual(results.map(() => results[0]))
})

test('as a command it prints one JSON object and nothing else', () => {
  const folder = temporaryFolder({ 'a.ts': 'one()\n' })
  const answer = block('a.ts', 'one()\n', 'uno()\n')
  const stdout = execFileSync(process.execPath, [script, '--dir', folder, '--chunk', '1'], { input: answer, encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual({
    format: 'blocks',
    applied: 1,
    failed: 0,
    hunks: [{ path: 'a.ts', op: 'update', state: 'applied', rung: 'exact', code: null, message: null }],
  })
  expect(filesIn(folder)).toEqual({ 'a.ts': 'uno()\n' })
})

test('as a command it takes a relative folder from where it was typed', () => {
  const folder = temporaryFolder({ 'inner/a.ts': 'one()\n' })
  const { status, stderr } = spawnSync(process.execPath, [script, '--dir', 'inner'], {
    input: block('a.ts', 'missing()\n', 'uno()\n'),
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, npm_lifecycle_event: '' },
  })
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' })
})
