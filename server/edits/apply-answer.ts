import type { MatchRung } from '#protocol/hunks.ts'
import { limits } from '#protocol/limits.ts'
import type { EndReason } from '#protocol/turns.ts'
import { AnswerBlocks, type AnswerBlock } from './answer-blocks.ts'
import { createAnswerParser, type AnswerParser } from './answer-parser.ts'
import { messageOf, type AppliedHunk, type ApplyCode } from './applied-hunk.ts'
import type { EditFormat, ParserEvent } from './parser-events.ts'
import { createsFile, type Resolution, type Unresolved } from './resolve.ts'
import { similarPlace } from './similar-place.ts'
import { StagedFile } from './staged-file.ts'
import { StagedTree, type FileDeletion, type FileWrite, type SourceFile } from './staged-tree.ts'

export type ApplyOptions = {
  /** What stands at a path; asked once for each. */
  read: (path: string) => SourceFile
  /** Blocks of other formats are text. */
  formats: readonly EditFormat[]
  /** Refuse what is found by similarity only. */
  strict: boolean
  /** Begins a search by similarity; what it returns says whether the search has to be given up. */
  newDeadline: () => () => boolean
}

export type AppliedAnswer = {
  /** Formats of the blocks, each once. */
  formats: EditFormat[]
  /** One for each block, in the answer's order. */
  hunks: AppliedHunk[]
  writes: FileWrite[]
  deletions: FileDeletion[]
}

type Outcome = Omit<AppliedHunk, 'path' | 'op'>

/**
 * Applies one answer to files that nobody else changes, block by block in the answer's order, through the parser and the resolver of the
 * live path. Unlike there, creations, renames and deletions take effect at once. A block that fails changes nothing.
 */
export class AnswerApplication {
  readonly #parser: AnswerParser
  readonly #blocks = new AnswerBlocks()
  readonly #tree: StagedTree
  readonly #options: ApplyOptions
  readonly #hunks: AppliedHunk[] = []
  readonly #formats = new Set<EditFormat>()

  constructor(options: ApplyOptions) {
    this.#options = options
    this.#parser = createAnswerParser(undefined, options.formats)
    this.#tree = new StagedTree(options.read)
  }

  push(chunk: string): void {
    this.#take(this.#parser.push(chunk), false)
  }

  end(reason: EndReason): AppliedAnswer {
    this.#take(this.#parser.end(reason), reason !== 'complete')
    return { formats: [...this.#formats], hunks: this.#hunks, ...this.#tree.changes() }
  }

  #take(events: readonly ParserEvent[], cutOff: boolean): void {
    for (const event of events) {
      this.#blocks.take([event], 0, cutOff)
      if (event.type === 'malformed' && event.block === undefined)
        this.#hunks.push({ path: '', op: 'update', ...failure('malformed', event.code) })
      if (event.type === 'blockEnd') this.#applyFinished()
    }
  }

  #applyFinished(): void {
    for (const block of this.#blocks.waiting) {
      if (block.end === undefined) continue
      this.#blocks.remove(block)
      this.#formats.add(block.format)
      const { path } = block
      this.#hunks.push({ path, op: this.#operation(block), ...this.#apply(block) })
    }
  }

  #operation(block: AnswerBlock): AppliedHunk['op'] {
    const operation = block.patch?.operation
    if (operation === 'delete' || operation === 'rename') return operation
    if (!createsFile(block)) return 'update'
    const kind = isTouchable(block) ? this.#tree.at(block.path).kind : 'missing'
    return kind === 'file' || kind === 'not_text' ? 'update' : 'add'
  }

  #apply(block: AnswerBlock): Outcome {
    if (block.end === 'cut_off') return failure('malformed', 'turn_ended')
    if (block.malformed === 'refused_path') return failure('refused', 'refused_path')
    if (block.end === 'elided') return failure('malformed', 'elided')
    if (block.end !== 'complete') return failure('malformed', block.malformed ?? 'no_path')
    if (block.patch?.operation === 'delete') return this.#delete(block.path)
    if (block.patch?.operation === 'rename') return this.#rename(block.path, block.patch.newPath ?? '')
    const entry = this.#tree.at(block.path)
    switch (entry.kind) {
      case 'file':
        return this.#update(block, entry.file)
      case 'missing':
        return createsFile(block) ? this.#create(block) : failure('unmatched', 'no_such_file')
      case 'not_text':
      case 'untouchable':
        return failure('refused', entry.code)
    }
  }

  #delete(path: string): Outcome {
    const entry = this.#tree.at(path)
    if (entry.kind === 'missing') return failure('unmatched', 'no_such_file')
    if (entry.kind === 'untouchable') return failure('refused', entry.code)
    this.#tree.remove(path, this.#hunks.length)
    return success('applied', null)
  }

  /** What stands at the new path is replaced. */
  #rename(path: string, newPath: string): Outcome {
    const entry = this.#tree.at(path)
    if (entry.kind === 'missing') return failure('unmatched', 'no_such_file')
    if (entry.kind !== 'file') return failure('refused', entry.code)
    if (newPath === path) return success('already_applied', null)
    const target = this.#tree.at(newPath)
    if (target.kind === 'untouchable') return failure('refused', target.code)
    const obstacle = target.kind === 'missing' ? this.#tree.obstacle(newPath) : undefined
    if (obstacle !== undefined) return failure('refused', obstacle)
    entry.file.hunks.push(this.#hunks.length)
    this.#tree.put(newPath, entry.file)
    this.#tree.remove(path, this.#hunks.length)
    return success('applied', null)
  }

  #create(block: AnswerBlock): Outcome {
    const obstacle = this.#tree.obstacle(block.path)
    if (obstacle !== undefined) return failure('refused', obstacle)
    const file = new StagedFile('', undefined)
    const outcome = this.#update(block, file)
    if (outcome.state === 'applied') this.#tree.put(block.path, file)
    return outcome
  }

  #update(block: AnswerBlock, file: StagedFile): Outcome {
    const added = block.newLines.reduce((sum, line) => sum + line.length + 1, 0)
    if (file.text.length + added > limits.documentLength) return failure('refused', 'too_large')
    const resolution = this.#resolve(block, file)
    if (resolution.kind === 'already_applied') return success('already_applied', null)
    if (resolution.kind === 'failed') return unresolved(block, file, resolution)
    const { rung, start } = resolution
    if (rung === 'fuzzy' && this.#options.strict) return failure('refused', 'fuzzy_match', [file.lineOf(start)])
    const outcome = success('applied', rung, rung === 'fuzzy' ? file.lineOf(start) : undefined)
    file.write(block, resolution)
    file.hunks.push(this.#hunks.length)
    return outcome
  }

  #resolve(block: AnswerBlock, file: StagedFile): Resolution {
    const { resolver } = file
    const resolution = resolver.resolve(block)
    if (resolution.kind !== 'failed' || resolution.reason !== 'no_match') return resolution
    const { oldLines, newLines } = block
    const place = similarPlace(resolver.searchableText(block), oldLines, newLines, this.#options.newDeadline())
    return place === undefined ? resolution : resolver.resolveAt(block, place)
  }
}

function isTouchable({ path, malformed }: AnswerBlock): boolean {
  return path !== '' && malformed !== 'refused_path'
}

function unresolved(block: AnswerBlock, file: StagedFile, { state, reason, candidates }: Unresolved): Outcome {
  if (reason === 'malformed' || reason === 'retried') return failure('malformed', block.malformed ?? 'empty_file')
  const lines = candidates.map(({ start }) => file.lineOf(start))
  return failure(state === 'conflict' ? 'unmatched' : state, reason, lines)
}

function success(state: 'applied' | 'already_applied', rung: MatchRung | null, lineToReview?: number): Outcome {
  const message = lineToReview === undefined ? null : `found by similarity only, at line ${lineToReview}: please review`
  return { state, rung, code: null, message }
}

function failure(state: 'unmatched' | 'ambiguous' | 'malformed' | 'refused', code: ApplyCode, lines?: number[]): Outcome {
  return { state, rung: null, code, message: messageOf(code, lines) }
}
