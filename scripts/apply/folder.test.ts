import { chmodSync, existsSync, linkSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { AnswerApplication } from '#edits/apply-answer.ts'
import { Folder } from './folder.ts'
import { block, filesIn, patch, run, temporaryFolder, told } from './testing/temporary-folder.ts'
import { writeChanges } from './write-changes.ts'

test('nothing is read, written, moved or deleted through a symbolic link', async () => {
  const outside = temporaryFolder({ 'secret.txt': 'one\n', 'inner/secret.txt': 'one\n' })
  const folder = temporaryFolder({ 'a.txt': 'one\n' })
  symlinkSync(path.join(outside, 'secret.txt'), path.join(folder, 'file-link.txt'))
  symlinkSync(path.join(outside, 'inner'), path.join(folder, 'folder-link'))
  symlinkSync(path.join(outside, 'created.txt'), path.join(folder, 'dangling.txt'))
  symlinkSync('a.txt', path.join(folder, 'inside-link.txt'))
  const answer =
    block('file-link.txt', 'one\n', 'two\n') +
    block('folder-link/secret.txt', 'one\n', 'two\n') +
    block('folder-link/new.txt', '', 'two\n') +
    block('dangling.txt', '', 'two\n') +
    block('inside-link.txt', 'one\n', 'two\n') +
    patch(
      '*** Update File: a.txt',
      '*** Move to: folder-link/a.txt',
      '@@',
      ' one',
      '*** Delete File: file-link.txt',
      '*** Delete File: folder-link/secret.txt',
      '*** Add File: file-link.txt',
      '+two',
    )
  const result = await run(folder, answer)
  expect(told(result)).toEqual([
    'update file-link.txt refused symbolic_link',
    'update folder-link/secret.txt refused symbolic_link',
    'add folder-link/new.txt refused symbolic_link',
    'add dangling.txt refused symbolic_link',
    'update inside-link.txt refused symbolic_link',
    'update a.txt already_applied',
    'rename a.txt refused symbolic_link',
    'delete file-link.txt refused symbolic_link',
    'delete folder-link/secret.txt refused symbolic_link',
    'add file-link.txt refused symbolic_link',
  ])
  expect(filesIn(outside)).toEqual({ 'secret.txt': 'one\n', 'inner/secret.txt': 'one\n' })
  expect(readFileSync(path.join(folder, 'a.txt'), 'utf8')).toBe('one\n')
  expect(lstatSync(path.join(folder, 'file-link.txt')).isSymbolicLink()).toBe(true)
})

test('the folder itself may be named by a link', async () => {
  const real = temporaryFolder({ 'a.txt': 'one\n' })
  const link = path.join(temporaryFolder(), 'link')
  symlinkSync(real, link)
  expect(told(await run(link, block('a.txt', 'one\n', 'two\n')))).toEqual(['update a.txt applied exact'])
  expect(filesIn(real)).toEqual({ 'a.txt': 'two\n' })
})

test('paths that lead out of the folder are refused', async () => {
  const outer = temporaryFolder({ 'secret.txt': 'one\n', 'inner/a.txt': 'one\n' })
  const answer =
    block('../secret.txt', 'one\n', 'two\n') +
    block(path.join(outer, 'secret.txt'), 'one\n', 'two\n') +
    block('x/../../secret.txt', 'one\n', 'two\n') +
    patch('*** Update File: a.txt', '*** Move to: ../a.txt', '@@', ' one', '*** Delete File: ../secret.txt')
  const result = await run(path.join(outer, 'inner'), answer)
  expect(result.output?.hunks.map(({ op, state, code }) => [op, state, code])).toEqual([
    ['update', 'refused', 'refused_path'],
    ['update', 'refused', 'refused_path'],
    ['update', 'refused', 'refused_path'],
    ['update', 'already_applied', null],
    ['rename', 'refused', 'refused_path'],
    ['delete', 'refused', 'refused_path'],
  ])
  expect(filesIn(outer)).toEqual({ 'secret.txt': 'one\n', 'inner/a.txt': 'one\n' })
})

test('a path that the parser should have refused is never touched', () => {
  const folder = new Folder(temporaryFolder())
  for (const wrong of ['../a', '/a', 'a/../b', '', 'a//b', './a', 'a\0b'])
    expect(() => folder.place(wrong)).toThrow('no path inside')
})

test('lines of a mixed file keep how they end; inserted ones take the first ending', async () => {
  const folder = temporaryFolder({ 'mixed.txt': 'one\r\ntwo\nthree\r\nfour\nfive\rsix\n' })
  const answer = patch('*** Update File: mixed.txt', '@@', ' one', ' two', '+two', '-three', '+THREE', ' four')
  expect(told(await run(folder, answer))).toEqual(['update mixed.txt applied exact'])
  expect(filesIn(folder)).toEqual({ 'mixed.txt': 'one\r\ntwo\ntwo\r\nTHREE\r\nfour\nfive\rsix\n' })
})

test('a line that a patch writes anew ends like the first line, although its text is the same', async () => {
  const folder = temporaryFolder({ 'mixed.txt': 'one\r\ntwo\nthree\n' })
  const answer = patch('*** Update File: mixed.txt', '@@', ' one', '-two', '+two', '-three', '+3')
  expect(told(await run(folder, answer))).toEqual(['update mixed.txt applied exact'])
  expect(filesIn(folder)).toEqual({ 'mixed.txt': 'one\r\ntwo\r\n3\r\n' })
})

test('carriage returns of a file are kept by every format', async () => {
  const folder = temporaryFolder({ 'a.txt': 'one\r\ntwo\r\n', 'b.txt': 'one\r\ntwo\r\n', 'c.txt': 'one\r\ntwo\r\n' })
  const answer =
    block('a.txt', 'two\n', 'TWO\nthree\n') +
    patch('*** Update File: b.txt', '@@', '-two', '+TWO', '+three') +
    '\nc.txt\n```\none\nTWO\nthree\n```\n'
  await run(folder, answer)
  const changed = 'one\r\nTWO\r\nthree\r\n'
  expect(filesIn(folder)).toEqual({ 'a.txt': changed, 'b.txt': changed, 'c.txt': changed })
})

test('a missing final line feed is kept, except that a patch ends every line', async () => {
  const before = 'one\ntwo'
  const folder = temporaryFolder({ 'a.txt': before, 'b.txt': before, 'c.txt': before, 'd.txt': before })
  const answer =
    block('a.txt', 'one\n', 'ONE\n') +
    block('b.txt', 'two\n', '') +
    patch('*** Update File: c.txt', '@@', '-one', '+ONE') +
    '\nd.txt\n```\nONE\ntwo\n```\n'
  await run(folder, answer)
  expect(filesIn(folder)).toEqual({ 'a.txt': 'ONE\ntwo', 'b.txt': 'one', 'c.txt': 'ONE\ntwo\n', 'd.txt': 'ONE\ntwo' })
})

test('a byte order mark stays where it is', async () => {
  const folder = temporaryFolder({ 'a.txt': '\uFEFFone\r\ntwo\r\n' })
  expect(told(await run(folder, block('a.txt', 'one\n', 'uno\n')))).toEqual(['update a.txt applied exact'])
  expect(filesIn(folder)).toEqual({ 'a.txt': '\uFEFFuno\r\ntwo\r\n' })
})

test('a file that is not text is refused and keeps its bytes, but may be deleted', async () => {
  const latin1 = Buffer.from('caf\xe9\n', 'latin1')
  const folder = temporaryFolder({ 'latin1.txt': latin1, 'image.png': Uint8Array.of(1, 0, 2) })
  const answer = block('latin1.txt', '', 'x\n') + patch('*** Add File: latin1.txt', '+x', '*** Delete File: image.png')
  expect(told(await run(folder, answer))).toEqual([
    'update latin1.txt refused not_text',
    'update latin1.txt refused not_text',
    'delete image.png applied',
  ])
  expect(readFileSync(path.join(folder, 'latin1.txt'))).toEqual(latin1)
  expect(existsSync(path.join(folder, 'image.png'))).toBe(false)
})

test('a file keeps its mode, also where it is moved to', async () => {
  const folder = temporaryFolder({ 'run.sh': 'echo 1\n', 'move.sh': 'echo 1\n' })
  for (const name of ['run.sh', 'move.sh']) chmodSync(path.join(folder, name), 0o755)
  const answer =
    block('run.sh', 'echo 1\n', 'echo 2\n') +
    patch('*** Update File: move.sh', '*** Move to: bin/moved.sh', '@@', '-echo 1', '+echo 2')
  await run(folder, answer)
  const modes = ['run.sh', 'bin/moved.sh'].map((name) => statSync(path.join(folder, name)).mode & 0o777)
  expect({ files: filesIn(folder), modes }).toEqual({
    files: { 'run.sh': 'echo 2\n', 'bin/moved.sh': 'echo 2\n' },
    modes: [0o755, 0o755],
  })
})

test('another name of the same file keeps the old text', async () => {
  const outside = temporaryFolder({ 'original.txt': 'one\n' })
  const folder = temporaryFolder()
  linkSync(path.join(outside, 'original.txt'), path.join(folder, 'a.txt'))
  await run(folder, block('a.txt', 'one\n', 'two\n'))
  expect({ ...filesIn(outside), ...filesIn(folder) }).toEqual({ 'original.txt': 'one\n', 'a.txt': 'two\n' })
})

test('folders and files in the way of a new file are said', async () => {
  const folder = temporaryFolder({ 'src/lib.ts/a.ts': 'one()\n', plain: 'text\n' })
  const answer = block('src/lib.ts', '', 'x\n') + block('plain/a.ts', '', 'x\n') + block('plain/b/c.ts', 'x\n', 'y\n')
  expect(told(await run(folder, answer))).toEqual([
    'add src/lib.ts refused not_a_file',
    'add plain/a.ts refused not_a_folder',
    'update plain/b/c.ts refused not_a_folder',
  ])
})

test('paths that differ in case are different files where the file system says so', async () => {
  const folder = temporaryFolder({ 'readme.md': 'small\n', 'README.md': 'LARGE\n' })
  await run(folder, block('README.md', 'LARGE\n', 'LARGER\n'))
  expect(filesIn(folder)).toEqual({ 'readme.md': 'small\n', 'README.md': 'LARGER\n' })
})

test('a file that cannot be written is said, and leaves no trace', async () => {
  const name = `${'n'.repeat(300)}.txt`
  const folder = temporaryFolder({ 'a.txt': 'one\n' })
  const result = await run(folder, block(name, '', 'x\n') + block('a.txt', 'one\n', 'two\n'))
  expect({ code: result.code, told: told(result) }).toEqual({
    code: 2,
    told: [`add ${name} refused failed_to_write`, 'update a.txt applied exact'],
  })
  expect(filesIn(folder)).toEqual({ 'a.txt': 'two\n' })
})

test('two files may swap their names', async () => {
  const folder = temporaryFolder({ 'a.txt': 'I am a\n', 'b.txt': 'I am b\n' })
  const move = (from: string, to: string, text: string) => [`*** Update File: ${from}`, `*** Move to: ${to}`, '@@', ` ${text}`]
  await run(
    folder,
    patch(...move('a.txt', 'c.txt', 'I am a'), ...move('b.txt', 'a.txt', 'I am b'), ...move('c.txt', 'b.txt', 'I am a')),
  )
  expect(filesIn(folder)).toEqual({ 'a.txt': 'I am b\n', 'b.txt': 'I am a\n' })
})

test('what somebody else wrote since the file was read is not overwritten', () => {
  const root = temporaryFolder({ 'a.txt': 'one\n', 'b.txt': 'one\n', 'gone.txt': 'one\n', 'moved.txt': 'one\n' })
  const folder = new Folder(root)
  const application = new AnswerApplication({
    read: (relative) => folder.read(relative),
    formats: ['search_replace', 'patch'],
    strict: true,
    newDeadline: () => () => false,
  })
  for (const name of ['a.txt', 'b.txt', 'new.txt']) application.push(block(name, name === 'new.txt' ? '' : 'one\n', 'two\n'))
  application.push(
    patch('*** Delete File: gone.txt', '*** Update File: moved.txt', '*** Move to: target.txt', '@@', '-one', '+two'),
  )
  const applied = application.end('complete')
  for (const name of ['a.txt', 'new.txt', 'gone.txt', 'moved.txt']) writeFileSync(path.join(root, name), 'theirs\n')
  const failures = writeChanges(folder, applied)
  expect(failures.map(({ path: failed, code }) => `${failed} ${code}`).toSorted()).toEqual([
    'a.txt changed_meanwhile',
    'gone.txt changed_meanwhile',
    'new.txt changed_meanwhile',
    'target.txt changed_meanwhile',
  ])
  expect(filesIn(root)).toEqual({
    'a.txt': 'theirs\n',
    'b.txt': 'two\n',
    'new.txt': 'theirs\n',
    'gone.txt': 'theirs\n',
    'moved.txt': 'theirs\n',
  })
})
