import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { expect, openLanding, storedTexts, shot, test as base, tree } from './journey.ts'

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'flint-import-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
})

const pickFolder = (page: Page, folder: string) => page.getByLabel('Folder to open').setInputFiles(folder)
const pickFile = (page: Page, name: string, content: Uint8Array) =>
  page
    .getByLabel('Zip or files to open')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
const inSession = (page: Page) => page.waitForURL('**/s/*')
const rows = (page: Page) => tree(page).getByRole('treeitem')
const failed = (page: Page) => page.getByRole('dialog', { name: 'Nothing was opened' })

/** Drops something of the machine onto the page, as a file manager does. */
async function drop(page: Page, file: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  // Over it twice, as a hand is: a drop counts only once the page's answer to the first has arrived.
  for (const [index, type] of (['dragEnter', 'dragOver', 'dragOver', 'drop'] as const).entries()) {
    if (index === 2) await expect(page.getByText('Drop to open it as a new session')).toBeVisible()
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: 300,
      y: 300,
      data: { items: [], files: [file], dragOperationsMask: 1 },
    })
  }
}

test('a folder with Unicode names, CRLF lines, a byte order mark and a binary file is opened as it is', async ({
  page,
  folder,
}) => {
  const project = path.join(folder, 'Projekt Größe')
  await mkdir(path.join(project, 'src', '日本語'), { recursive: true })
  await mkdir(path.join(project, 'node_modules', 'dependency'), { recursive: true })
  await writeFile(path.join(project, 'src', '日本語', 'こんにちは.ts'), 'export const greeting = "やあ 👋🏽"\n')
  await writeFile(path.join(project, 'src', 'windows.txt'), 'one\r\ntwo\r\nthree\r\n')
  await writeFile(path.join(project, 'src', 'marked.txt'), '\uFEFFwith a mark\n')
  await writeFile(path.join(project, 'src', 'picture.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))
  await writeFile(path.join(project, 'src', 'nothing.txt'), '')
  await writeFile(path.join(project, 'node_modules', 'dependency', 'index.js'), 'no')

  await openLanding(page)
  await pickFolder(page, project)
  const report = page.getByRole('dialog', { name: '5 files imported' })
  await expect(report).toContainText('Dependencies, version control and caches')
  await expect(report).toContainText('node_modules/')
  await page.screenshot(shot('import-report'))
  await report.getByRole('button', { name: 'Open the session' }).click()
  await inSession(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Projekt Größe')
  // The folder that was opened is the session; the only folder inside it stays a folder.
  await expect(rows(page)).toHaveText([
    /src/,
    /日本語/,
    /こんにちは\.ts/,
    /marked\.txt/,
    /nothing\.txt/,
    /picture\.png/,
    /windows\.txt/,
  ])
  expect(await storedTexts(page)).toEqual(['', 'export const greeting = "やあ 👋🏽"\n', 'one\ntwo\nthree\n', 'with a mark\n'])

  await rows(page).filter({ hasText: 'windows.txt' }).click()
  await expect(page.getByRole('code')).toContainText('three')
  await expect(page.getByRole('contentinfo')).toContainText('CRLF')
  await rows(page).filter({ hasText: 'こんにちは.ts' }).click()
  await expect(page.getByRole('code')).toContainText('やあ 👋🏽')
  await expect(page.getByRole('contentinfo')).not.toContainText('CRLF')
  await rows(page).filter({ hasText: 'picture.png' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'picture.png is not text' })).toBeVisible()
  await page.screenshot(shot('binary-file'))
})

test('a zip is opened without its outer folder; what no session can hold is reported and the rest is there', async ({
  page,
}) => {
  await openLanding(page)
  const large = new Uint8Array(5_000_001).fill(0x61)
  await pickFile(
    page,
    'tricky.zip',
    twice('app/two.txt', {
      'app/main.ts': strToU8('export {}\n'),
      'app/two.txt': strToU8('the first\n'),
      'app/TWO.txt': strToU8('the second\n'),
      'app/../../../outside.txt': strToU8('out'),
      'app/large.txt': [large, { level: 1 }],
    }),
  )
  const report = page.getByRole('dialog', { name: '2 files imported' })
  await expect(report).toContainText('Paths that no session can hold')
  await expect(report).toContainText('app/../../../outside.txt')
  await expect(report).toContainText('Two files with the same path; the first one was kept')
  await expect(report).toContainText('Larger than 5 MB')
  await expect(report).toContainText('large.txt')
  await report.getByRole('button', { name: 'Open the session' }).click()
  await inSession(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('tricky')
  await expect(rows(page)).toHaveText([/main\.ts/, /two\.txt/])
  expect(await storedTexts(page)).toEqual(['export {}\n', 'the first\n'])
})

test('a zip and a folder can be dropped onto the page', async ({ page, folder }) => {
  const zip = path.join(folder, 'dropped.zip')
  await writeFile(zip, zipSync({ 'dropped/a.txt': strToU8('from a zip') }))
  await openLanding(page)
  await drop(page, zip)
  await inSession(page)
  await expect(rows(page)).toHaveText([/a\.txt/])
  expect(await storedTexts(page)).toEqual(['from a zip'])

  await mkdir(path.join(folder, 'whole', 'deep'), { recursive: true })
  await writeFile(path.join(folder, 'whole', 'deep', 'b.txt'), 'from a folder')
  await openLanding(page)
  await drop(page, path.join(folder, 'whole'))
  await inSession(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('whole')
  await expect(rows(page)).toHaveText([/deep/, /b\.txt/])
  expect(await storedTexts(page)).toEqual(['from a folder'])
})

test('a folder of 10,000 files is refused with the limit; nothing is created', async ({ page, folder }) => {
  for (let hundred = 0; hundred < 100; hundred++) {
    await mkdir(path.join(folder, `part-${hundred}`))
    await Promise.all(
      Array.from({ length: 100 }, (_, number) => writeFile(path.join(folder, `part-${hundred}`, `${number}.txt`), '')),
    )
  }
  await openLanding(page)
  await pickFolder(page, folder)
  await expect(failed(page)).toContainText('more than 2,000 files')
  await page.screenshot(shot('import-refused'))
  await failed(page).getByRole('button', { name: 'Close' }).last().click()
  await drop(page, folder)
  await expect(failed(page)).toContainText('more than 2,000 files')
  await page.reload()
  await expect(page.getByRole('region', { name: 'Recent sessions' })).not.toContainText(path.basename(folder))
})

test('what holds nothing that can be opened is refused with the reason', async ({ page, folder }) => {
  await openLanding(page)
  await pickFile(page, 'not-really.zip', strToU8('this is no archive'))
  await expect(failed(page)).toContainText('is not a zip archive')
  await page.keyboard.press('Escape')
  await expect(failed(page)).toBeHidden()

  // Begins like a zip and ends in the middle.
  await pickFile(page, 'cut-off.zip', zipSync({ 'a.txt': strToU8('a'.repeat(10_000)) }).slice(0, 60))
  await expect(failed(page)).toContainText('is not a zip archive, or it is damaged')
  await page.keyboard.press('Escape')

  await pickFile(page, 'empty.zip', zipSync({}))
  await expect(failed(page)).toContainText('There is no file in it that could be imported.')
  await page.keyboard.press('Escape')

  await pickFile(page, 'sources.tar.gz', strToU8('whatever'))
  await expect(failed(page)).toContainText('Pack the folder as .zip')
  await page.keyboard.press('Escape')

  const empty = path.join(folder, 'empty')
  await mkdir(empty)
  await drop(page, empty)
  await expect(failed(page)).toContainText('There is no file in it that could be imported.')
})

/** A zip that holds `name` a second time, which fflate itself refuses to write: its twin in capitals is renamed in the bytes. */
function twice(name: string, files: Zippable): Uint8Array {
  const zip = Buffer.from(zipSync(files))
  const twin = name.replace(/[^/]+(?=\.)/, (stem) => stem.toUpperCase())
  for (let at = zip.indexOf(twin); at >= 0; at = zip.indexOf(twin)) zip.write(name, at)
  return zip
}
