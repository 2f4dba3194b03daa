import { limits } from '#protocol/limits.ts'

/** What is made of `C:\\work\\app.zip` is called "app". */
export function zipName(fileName: string): string {
  const name = (fileName.split(/[\\/]/).at(-1) ?? '').replace(/\.zip$/i, '').trim()
  return name.slice(0, limits.nameLength) || 'Imported files'
}
