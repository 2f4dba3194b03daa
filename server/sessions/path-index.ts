/**
 * Which paths of a tree are taken. Upper and lower case are one: a tree must survive being unpacked on systems that
 * cannot tell them apart.
 */
export class PathIndex {
  readonly #files = new Set<string>()
  readonly #folders = new Set<string>()

  constructor(paths: Iterable<string> = []) {
    for (const path of paths) this.take(path)
  }

  /** Takes a path for a file; false where it is taken, is a folder, or lies inside a file. */
  take(path: string): boolean {
    const key = path.toLowerCase()
    const parents = foldersOf(key)
    if (this.#files.has(key) || this.#folders.has(key) || parents.some((folder) => this.#files.has(folder))) return false
    this.#files.add(key)
    for (const folder of parents) this.#folders.add(folder)
    return true
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path.toLowerCase())
  }
}

function foldersOf(path: string): string[] {
  const segments = path.split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'))
}
