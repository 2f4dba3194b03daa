/** A shorter line (a brace, an empty line) says nothing about where in the old text the new text has arrived. */
const shortestLandmark = 4

/** What a block replaces while it streams: lines of the file, which may grow with the block. */
export class OldLines {
  /** The file's own, with their LF. */
  readonly lines: string[] = []
  /** What of a line is compared. */
  readonly keyOf: (line: string) => string
  /** That of each line, as the block has it. */
  readonly #keys: string[] = []
  /** Lines that occur once and are long enough to be recognised, by what is compared. */
  readonly #landmarks = new Map<string, number | undefined>()
  #isContradicted = false
  #isHeld = false
  #isLoose = false

  /** `ignoresTrailingSpace`: they were found only up to trailing space. */
  constructor(lines: readonly string[], ignoresTrailingSpace: boolean) {
    this.keyOf = ignoresTrailingSpace ? (line) => line.trimEnd() : withoutFeed
    for (const line of lines) this.#add(line, line)
  }

  /** Some of what has arrived is the file's only up to trailing space. */
  get isLoose(): boolean {
    return this.#isLoose
  }

  /** A line has arrived that is not the file's next one. */
  get isContradicted(): boolean {
    return this.#isContradicted
  }

  /** The last line that has arrived is empty and is not the file's next one: it counts only if others follow. */
  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Takes up what has arrived. `oldLines`: all of the block, without LF; `end`: where the lines end in `text`. Returns where they end now. */
  extend(oldLines: readonly string[], text: string, end: number): number {
    this.#isHeld = false
    let at = end
    while (this.lines.length < oldLines.length && !this.#isContradicted && !this.#isHeld) {
      const own = text.slice(at, text.indexOf('\n', at) + 1)
      const line = oldLines[this.lines.length] ?? ''
      if (own !== '' && own.trimEnd() === line.trimEnd()) {
        this.#isLoose ||= this.keyOf(own) !== this.keyOf(line)
        this.#add(own, line)
        at += own.length
      } else if (line === '' && this.lines.length === oldLines.length - 1) this.#isHeld = true
      else this.#isContradicted = true
    }
    return at
  }

  /** The line that this new line leaves in place, of those from `next` on. */
  placeOf(line: string, next: number): number | undefined {
    const key = this.keyOf(line)
    if (this.says(next, line)) return next
    const landmark = this.#landmarks.get(key)
    return landmark !== undefined && landmark > next ? landmark : undefined
  }

  /** Whether this new line says the same as the old line at `index`. */
  says(index: number, line: string): boolean {
    return this.#keys[index] === this.keyOf(line)
  }

  /** The lines from `next` on by what is compared, as the block has them. */
  ownFrom(next: number): Map<string, string> {
    return new Map(this.lines.slice(next).map((line, i) => [this.#keys[next + i] ?? '', line]))
  }

  /** `quoted`: as the block has it. */
  #add(line: string, quoted: string): void {
    const key = this.keyOf(quoted)
    if (key.trim().length >= shortestLandmark)
      this.#landmarks.set(key, this.#landmarks.has(key) ? undefined : this.lines.length)
    this.lines.push(line)
    this.#keys.push(key)
  }
}

function withoutFeed(line: string): string {
  return line.endsWith('\n') ? line.slice(0, -1) : line
}
