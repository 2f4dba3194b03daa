import type { EditFormat, MalformedCode, ParserEvent, PatchPart } from './parser-events.ts'

/** One edit block of the answer, as far as it has arrived. */
export type AnswerBlock = {
  number: number
  path: string
  format: EditFormat
  oldLines: string[]
  newLines: string[]
  /** Of a patch: the lines as they came, old and new mixed; `oldLines` and `newLines` follow from them. */
  patch: (PatchPart & { lines: PatchLine[]; endOfFile: boolean }) | undefined
  /** Where the old lines are in the basis, when that is known; else they are searched for. */
  place: { start: number; end: number } | undefined
  /** Until then `oldLines` may still grow. A whole file has no old lines. */
  oldLinesComplete: boolean
  /** When the first of the new lines could have arrived; ms, monotonic. */
  newLinesSinceMs: number | undefined
  malformed: MalformedCode | undefined
  end: BlockEnd | undefined
}

/** `context` stands in the file and stays. */
export type PatchLine = { kind: 'context' | 'delete' | 'insert'; text: string }

/** `cut_off`: the turn ended inside the block. `broken`: the block itself is; it is shown, never applied. */
type BlockEnd = 'complete' | 'elided' | 'broken' | 'cut_off'

/** Codes of a block that reads to its end although it is not what it seems. */
const neverApplied = new Set<MalformedCode>(['no_path', 'missing_search_marker', 'diff_in_fence'])

/** Folds parser events into blocks, in the answer's order. The last one may be open. */
export class AnswerBlocks {
  readonly #open: AnswerBlock[] = []

  /** Blocks that were not taken yet. */
  get waiting(): AnswerBlock[] {
    return [...this.#open]
  }

  remove(block: AnswerBlock): void {
    const index = this.#open.indexOf(block)
    if (index !== -1) this.#open.splice(index, 1)
  }

  /** `cutOff`: these are the last events of an answer that did not reach its end. */
  take(events: readonly ParserEvent[], nowMs: number, cutOff: boolean): void {
    for (const event of events) {
      const block = this.#open.at(-1)
      switch (event.type) {
        case 'blockStart':
          this.#open.push(startedBlock(event, nowMs))
          break
        case 'searchLine':
          block?.oldLines.push(event.text)
          block?.patch?.lines.push({ kind: event.context ? 'context' : 'delete', text: event.text })
          break
        case 'searchEnd':
          if (block === undefined) break
          block.oldLinesComplete = true
          block.newLinesSinceMs = nowMs
          break
        case 'replaceLine':
          block?.newLines.push(storable(event.text))
          if (!event.context) block?.patch?.lines.push({ kind: 'insert', text: storable(event.text) })
          break
        case 'malformed':
          if (block !== undefined && event.block === block.number) block.malformed ??= event.code
          break
        case 'blockEnd':
          if (block === undefined) break
          block.end = endOf(event, block, cutOff)
          if (block.patch !== undefined && event.endOfFile) block.patch.endOfFile = true
          break
      }
    }
  }
}

function startedBlock(event: Extract<ParserEvent, { type: 'blockStart' }>, nowMs: number): AnswerBlock {
  const onlyNew = event.format === 'whole_file' || (event.patch !== undefined && event.patch.operation !== 'update')
  return {
    number: event.block,
    path: event.path,
    format: event.format,
    oldLines: [],
    newLines: [],
    patch: event.patch && { ...event.patch, lines: [], endOfFile: false },
    place: event.place,
    oldLinesComplete: onlyNew,
    newLinesSinceMs: onlyNew ? nowMs : undefined,
    malformed: undefined,
    end: undefined,
  }
}

function endOf(event: Extract<ParserEvent, { type: 'blockEnd' }>, block: AnswerBlock, cutOff: boolean): BlockEnd {
  if (event.state === 'aborted') return cutOff ? 'cut_off' : 'broken'
  if (block.malformed !== undefined && neverApplied.has(block.malformed)) return 'broken'
  return event.elided ? 'elided' : 'complete'
}

/** Documents hold LF only, and no half of a surrogate pair. */
function storable(line: string): string {
  return /[\r\p{Surrogate}]/u.test(line) ? line.replaceAll('\r', '').replace(/\p{Surrogate}/gu, '\uFFFD') : line
}
