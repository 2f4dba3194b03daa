/**
 * Which paths of a tree are taken. Upper and lower case are one: a tree must survive being unpacked on systems that
 * cannot tell them apart.
 */
export class PathIndex {
  readonly #files = new Set<string>()
  /** As they are written, by their key. */
  readonly #folders = new Map<string, string>()

  constructor(paths: Iterable<string> = [], folders: Iterable<string> = []) {
    for (const path of paths) this.take(path)
    for (const path of folders) this.takeFolder(path)
  }

  /** Takes a path for a file; false where it is taken, is a folder, or lies inside a file. */
  take(path: string): boolean {
    const key = path.toLowerCase()
    if (this.#files.has(key) || this.#folders.has(key) || this.#isInsideFile(key)) return false
    this.#files.add(key)
    for (const folder of foldersAbove(path)) this.#know(folder)
    return true
  }

  /** Takes a path for a folder, which may be there already; false where it is a file, or lies inside one. */
  takeFolder(path: string): boolean {
    const key = path.toLowerCase()
    if (this.#files.has(key) || this.#isInsideFile(key)) return false
    for (const folder of [...foldersAbove(path), path]) this.#know(folder)
    return true
  }

  has(path: string): boolean {
    const key = path.toLowerCase()
    return this.#files.has(key) || this.#folders.has(key)
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path.toLowerCase())
  }

  /** `path` with its folders written as those are that exist, so that no folder is there twice in different case. */
  spelled(path: string): string {
    const known = foldersAbove(path)
      .toReversed()
      .find((folder) => this.hasFolder(folder))
    return known === undefined ? path : `${this.#folders.get(known.toLowerCase())}${path.slice(known.length)}`
  }

  #isInsideFile(key: string): boolean {
    return foldersAbove(key).some((folder) => this.#files.has(folder))
  }

  #know(folder: string): void {
    const key = folder.toLowerCase()
    if (!this.#folders.has(key)) this.#folders.set(key, folder)
  }
}

/** Every folder above a path, outermost first. */
export function foldersAbove(path: string): string[] {
  const segments = path.split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'))
}
