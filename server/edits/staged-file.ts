import type { AnswerBlock } from './answer-blocks.ts'
import { createFileBasis } from './file-basis.ts'
import { splitLines } from './lines.ts'
import { keptLines, originsOf, type LineOrigins } from './line-origins.ts'
import { successiveEdits } from './minimal-edit.ts'
import { changedRegions } from './regions.ts'
import { FileResolver, type Located } from './resolve.ts'
import { lineAt } from './search-place.ts'

/** A file that nobody but the answer changes, with what it was before. */
export class StagedFile {
  readonly resolver: FileResolver
  /** The path at which it stood before the answer; undefined for a new one. */
  readonly source: string | undefined
  /** Numbers of the hunks that were written into it. */
  readonly hunks: number[] = []
  #origins: LineOrigins

  constructor(text: string, source: string | undefined) {
    this.resolver = new FileResolver(createFileBasis(text))
    this.source = source
    this.#origins = originsOf(text)
  }

  get text(): string {
    return this.resolver.basis.expectedText
  }

  get isChanged(): boolean {
    return this.text !== this.resolver.basis.basisText || this.#origins.some((origin, line) => origin !== line)
  }

  get written() {
    return { source: this.source, text: this.text, origins: this.#origins, hunks: this.hunks }
  }

  /** 1-based line of an offset. */
  lineOf(offset: number): number {
    return lineAt(this.resolver.basis.expectedIndex.starts, offset) + 1
  }

  /** As the live path writes a block: by the smallest edits, so that the text between them is still found where it was. */
  write(block: AnswerBlock, { start, end, newText }: Located): void {
    const { basis } = this.resolver
    const oldText = this.text.slice(start, end)
    this.#noteOrigins(block, start, end, newText)
    let shift = start
    for (const region of changedRegions(oldText, newText)) {
      const text = newText.slice(region.newStart, region.newEnd)
      const replaced = oldText.slice(region.oldStart, region.oldEnd)
      for (const edit of successiveEdits(replaced, text, shift + region.oldStart)) {
        basis.recordOwnEdit(edit.start, edit.end, edit.text)
      }
      shift += text.length - replaced.length
    }
    this.resolver.wrote(block, start + newText.length)
    this.#endLastLine(block)
  }

  /** A patch ends the last line of every file that it changes. Other formats leave a file without its final line feed as it is. */
  #endLastLine(block: AnswerBlock): void {
    const { length } = this.text
    if (block.format === 'patch' && length > 0 && !this.text.endsWith('\n')) {
      this.resolver.basis.recordOwnEdit(length, length, '\n')
    }
  }

  #noteOrigins(block: AnswerBlock, start: number, end: number, newText: string): void {
    const { starts } = this.resolver.basis.expectedIndex
    const [first, after] = [lineAt(starts, start), lineAt(starts, end)]
    // What is appended to a text without a final line feed brings that along.
    const isAppended = start === this.text.length && start > 0 && !this.text.endsWith('\n')
    const newLines = splitLines(isAppended ? newText.slice(1) : newText)
    const kept = keptLines(block, splitLines(this.text.slice(start, end)), newLines)
    const origins = kept.map((line) => (line === undefined ? undefined : this.#origins[first + line]))
    this.#origins = [...this.#origins.slice(0, first), ...origins, ...this.#origins.slice(after)]
  }
}
