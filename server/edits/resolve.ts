import type { HunkReason, MatchRung } from '#protocol/hunks.ts'
import type { AnswerBlock } from './answer-blocks.ts'
import { closestCandidates } from './closest-candidates.ts'
import type { FileBasis } from './file-basis.ts'
import { isAlreadyApplied, isChunkApplied, mayBeApplied } from './already-applied.ts'
import { editLines } from './line-edit.ts'
import { isBlank } from './lines.ts'
import { match } from './match.ts'
import { matchChunk } from './match-chunk.ts'
import type { Range } from './offset-edit.ts'
import { lineAt, placeOfSearch } from './search-place.ts'

/** `[start, end)` of the expected text, whole lines, becomes `newText`. */
export type Located = { kind: 'located'; start: number; end: number; newText: string; rung: MatchRung }

/** `candidates`: ranges of the expected text in which it could be meant, best first. */
export type Unresolved = {
  kind: 'failed'
  state: 'unmatched' | 'ambiguous' | 'conflict'
  reason: HunkReason
  candidates: Range[]
}

/** Where a finished block goes and what is put there. `already_applied`: the file reads as if the block had been applied. */
export type Resolution = Located | { kind: 'already_applied' } | Unresolved

type Chunk = NonNullable<AnswerBlock['patch']>

/** How far a section of a patch has been read: a line of the basis, or an offset of the expected text. */
type Section = { text: 'basis' | 'expected' | undefined; nextLine: number; end: number }

/**
 * Finds the places of the blocks that one answer has for one file, in their order: chunks of a patch go on where the one before them
 * ended, and of several places for a search the one behind the last block is taken.
 */
export class FileResolver {
  readonly basis: FileBasis
  readonly #sections = new Map<number, Section>()
  #lastEnd: number | undefined
  /** The chunk that streams, and where it begins. */
  #soFar: { block: AnswerBlock; text: 'basis' | 'expected'; firstLine: number } | undefined

  constructor(basis: FileBasis) {
    this.basis = basis
  }

  /**
   * Says where what was written for this block ends in the expected text, because the next one counts from there. `oldLines`: how many it
   * replaced, where it was written while it streamed.
   */
  wrote(block: AnswerBlock, end: number, oldLines?: number): void {
    this.#lastEnd = end
    const section = block.patch && this.#sections.get(block.patch.section)
    if (section === undefined) return
    section.end = end
    if (oldLines === undefined || this.#soFar?.block !== block) return
    section.text = this.#soFar.text
    section.nextLine = this.#soFar.firstLine + oldLines
  }

  /** Where the old lines of a block are that still streams, as far as they have arrived; only a clear place counts. */
  placeSoFar(block: AnswerBlock): (Range & { rung: MatchRung }) | undefined {
    const { oldLines, place: known } = block
    if (block.patch !== undefined) return this.#chunkSoFar(block, block.patch)
    if (known !== undefined) {
      const range = this.basis.toExpected(known)
      return range === 'overlaps' ? undefined : { ...range, rung: 'exact' }
    }
    const place = placeOfSearch(this.basis, oldLines, undefined, this.#lastEnd)
    return place.kind === 'one' ? { start: place.start, end: place.end, rung: place.rung } : undefined
  }

  /** Lines that are still to come can only rule out places, so the one place of the first lines is the place of the chunk. */
  #chunkSoFar(block: AnswerBlock, chunk: Chunk): (Range & { rung: MatchRung }) | undefined {
    if (isBlank(block.oldLines)) return undefined
    const section = this.#section(chunk)
    for (const text of this.#textsOf(section)) {
      const { index, found, inExpected } = this.#lookUp(chunk, section, text)
      if (found.kind === 'none') continue
      if (found.kind === 'several' || found.ignoredAnchor) return undefined
      const range = inExpected(found)
      const firstLine = lineAt(index.starts, found.start)
      if (range === 'overlaps' || found.nextLine - firstLine !== block.oldLines.length) return undefined
      this.#soFar = { block, text, firstLine }
      return { start: range.start, end: range.end, rung: found.rung }
    }
    return undefined
  }

  resolve(block: AnswerBlock): Resolution {
    if (isWholeFile(block)) return this.#wholeFile(block)
    if (block.place !== undefined) return this.#known(block, block.place)
    if (this.#isApplied(block)) return { kind: 'already_applied' }
    return block.patch === undefined ? this.#search(block) : this.#chunk(block, block.patch)
  }

  /** A file of 10,000 lines takes some 10 ms to be looked through, and a turn may have hundreds of blocks for it. */
  #isApplied({ patch, oldLines, newLines }: AnswerBlock): boolean {
    const { basis } = this
    const place = this.#placeInBasis(oldLines, patch)
    if (place !== undefined && !mayBeApplied(basis.expectedText, place, oldLines, newLines)) return false
    const { expectedIndex } = basis
    if (patch === undefined) return isAlreadyApplied(expectedIndex, oldLines, newLines)
    return isChunkApplied(expectedIndex, patch, lineAt(expectedIndex.starts, this.#sections.get(patch.section)?.end ?? 0))
  }

  /** The one place of the old lines in the basis, where no hunk of this turn took it: in the expected text. */
  #placeInBasis(oldLines: readonly string[], patch: Chunk | undefined): Range | undefined {
    const { basisIndex } = this.basis
    const section = patch && this.#sections.get(patch.section)
    if (section?.text === 'expected') return undefined
    const found =
      patch === undefined
        ? match(basisIndex, oldLines)
        : matchChunk(basisIndex, patch, section?.nextLine ?? 0, { unique: true })
    if (found.kind !== 'one' || found.start === found.end) return undefined
    const range = this.basis.toExpected(found)
    return range === 'overlaps' ? undefined : range
  }

  /** The part of the basis in which a search by similarity may look for a block: a patch never goes back in its section. */
  searchableText({ patch }: AnswerBlock): string {
    return this.basis.basisText.slice(this.#searchableFrom(patch))
  }

  /** For a block whose place a search by similarity found in its searchable text. */
  resolveAt(block: AnswerBlock, found: Range & { newLines: readonly string[] }): Resolution {
    const from = this.#searchableFrom(block.patch)
    const { start, end } = { start: found.start + from, end: found.end + from }
    const range = this.basis.toExpected({ start, end })
    if (range === 'overlaps') return failed('conflict', 'overlap', [])
    const section = block.patch && this.#sections.get(block.patch.section)
    if (section !== undefined) {
      section.text = 'basis'
      section.nextLine = lineAt(this.basis.basisIndex.starts, end)
    }
    return this.#located(range, found.newLines, 'fuzzy', block)
  }

  #searchableFrom(patch: AnswerBlock['patch']): number {
    const section = patch && this.#sections.get(patch.section)
    const { basisText, basisIndex } = this.basis
    return section?.text === 'expected' ? basisText.length : (basisIndex.starts[section?.nextLine ?? 0] ?? basisText.length)
  }

  #known(block: AnswerBlock, place: Range): Resolution {
    const range = this.basis.toExpected(place)
    return range === 'overlaps' ? failed('conflict', 'overlap', []) : this.#located(range, block.newLines, 'exact', block)
  }

  #wholeFile({ newLines }: AnswerBlock): Resolution {
    const { expectedText } = this.basis
    if (newLines.length === 0 && expectedText !== '') return failed('unmatched', 'malformed', [])
    const { text } = editLines(expectedText, 0, expectedText.length, newLines)
    if (text === expectedText && text !== '') return { kind: 'already_applied' }
    return { kind: 'located', start: 0, end: expectedText.length, newText: text, rung: 'exact' }
  }

  #search(block: AnswerBlock): Resolution {
    const place = placeOfSearch(this.basis, block.oldLines, block.newLines, this.#lastEnd)
    switch (place.kind) {
      case 'one':
        return this.#located(place, place.newLines ?? block.newLines, place.rung, block)
      case 'several':
        return failed('ambiguous', 'several_matches', place.ranges)
      case 'taken':
        return failed('conflict', 'overlap', this.#closest(block))
      case 'none':
        return failed('unmatched', 'no_match', this.#closest(block))
    }
  }

  #chunk(block: AnswerBlock, chunk: Chunk): Resolution {
    const section = this.#section(chunk)
    let failure = failed('unmatched', 'no_match', [])
    for (const text of this.#textsOf(section)) {
      const { found, inExpected } = this.#lookUp(chunk, section, text)
      if (found.kind === 'none') {
        failure = failed('unmatched', found.code, this.#closest(block))
        continue
      }
      if (found.kind === 'several') {
        const left = found.ranges.map(inExpected).filter((range) => range !== 'overlaps')
        failure = failed('ambiguous', 'several_matches', left)
        continue
      }
      const range = inExpected(found)
      if (range === 'overlaps') {
        failure = failed('conflict', 'overlap', [])
        continue
      }
      section.text = text
      section.nextLine = found.nextLine
      return this.#located(range, found.newLines, found.rung, block)
    }
    return failure
  }

  #section(chunk: Chunk): Section {
    const section = this.#sections.get(chunk.section) ?? { text: undefined, nextLine: 0, end: 0 }
    this.#sections.set(chunk.section, section)
    return section
  }

  /** Where a section's chunks are looked for, in this order. */
  #textsOf({ text }: Section): readonly ('basis' | 'expected')[] {
    if (text !== undefined) return [text]
    return this.basis.expectedText === this.basis.basisText ? ['basis'] : ['basis', 'expected']
  }

  #lookUp(chunk: Chunk, section: Section, text: 'basis' | 'expected') {
    const { basis } = this
    const index = text === 'basis' ? basis.basisIndex : basis.expectedIndex
    const from = text === 'basis' ? section.nextLine : lineAt(index.starts, section.end)
    const found = matchChunk(index, chunk, from, { unique: true })
    const inExpected = (range: Range): Range | 'overlaps' => (text === 'basis' ? basis.toExpected(range) : range)
    return { index, found, inExpected }
  }

  #located(range: Range, newLines: readonly string[], rung: MatchRung, block: AnswerBlock): Resolution {
    const { expectedText } = this.basis
    const edit = editLines(expectedText, range.start, range.end, newLines)
    const isUnended = edit.end === expectedText.length && expectedText !== '' && !expectedText.endsWith('\n')
    if (block.format === 'patch' && isUnended) {
      // A patch ends every line that it writes or leaves.
      edit.start = range.start
      if (newLines.length > 0) edit.text += '\n'
    }
    if (expectedText.slice(edit.start, edit.end) === edit.text) return { kind: 'already_applied' }
    return { kind: 'located', start: edit.start, end: edit.end, newText: edit.text, rung }
  }

  #closest({ oldLines }: AnswerBlock): Range[] {
    return closestCandidates(this.basis.expectedIndex, oldLines).map(({ start, end }) => ({ start, end }))
  }
}

/** Whether the block brings all of a file. */
export function isWholeFile(block: AnswerBlock): boolean {
  return block.format === 'whole_file' || block.patch?.operation === 'add'
}

/** Whether the block, its old lines being complete, can begin a file: it brings all of it, or appends to whatever is there. */
export function createsFile(block: AnswerBlock): boolean {
  return isWholeFile(block) || (block.format === 'search_replace' && isBlank(block.oldLines))
}

function failed(state: Unresolved['state'], reason: HunkReason, candidates: Range[]): Unresolved {
  return { kind: 'failed', state, reason, candidates }
}
