import { strToU8, zipSync } from 'fflate'
import type { Page } from 'playwright'
import type { GeneratedFile } from '#model/replay/generated-edits.ts'

/** Imports the files as a person would and waits until the session shows them. Returns the session's id. */
export async function importFiles(page: Page, url: string, files: readonly GeneratedFile[]): Promise<string> {
  await page.goto(url)
  const entries = files.map(({ path, text }) => [path, strToU8(text)])
  // A folder that holds everything would be taken off.
  const zip = zipSync({ ...Object.fromEntries(entries), 'README.md': strToU8('# Readings\n') })
  const picker = page.getByLabel('Zip or files to open')
  await picker.setInputFiles({ name: 'bench.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) })
  await page.waitForURL('**/s/*')
  const folder = page.getByRole('treeitem', { name: 'src', exact: true })
  await folder.waitFor()
  if ((await folder.getAttribute('aria-expanded')) !== 'true') await folder.click()
  await openFile(page, files[0]?.path ?? '')
  // The first check of the session by the language service is not what is measured.
  await page.waitForTimeout(4_000)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** What the editor holds of each file, as select all and copy gives it. */
export async function shownTexts(page: Page, paths: readonly string[]): Promise<string[]> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const texts: string[] = []
  for (const path of paths) {
    await openFile(page, path)
    await page.getByRole('textbox', { name: 'Code' }).focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('ControlOrMeta+c')
    texts.push(await page.evaluate(() => navigator.clipboard.readText()))
  }
  return texts
}

async function openFile(page: Page, path: string): Promise<void> {
  await page.getByRole('treeitem', { name: path.split('/').at(-1) ?? path }).click()
  await page.locator(`[role="tab"][aria-selected="true"][title="${path}"]`).waitFor()
  await page.locator('.monaco-editor .view-line').first().waitFor()
}
