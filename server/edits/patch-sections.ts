import type { AnswerLine } from './line-reader.ts'
import type { NamedPath } from './named-path.ts'
import type { MalformedCode, PatchPart } from './parser-events.ts'
import type { Reading } from './reading.ts'

/** Where in a patch the next line stands. `update`: below its header, before a chunk. `broken`: in what cannot be read. */
export type PatchPlace = 'begun' | 'add' | 'delete' | 'update' | 'anchors' | 'chunk' | 'end_of_file' | 'broken'

type Section = {
  number: number
  operation: 'add' | 'update' | 'delete'
  named: NamedPath | undefined
  move: { named: NamedPath | undefined } | undefined
  /** Chunks that could be read. */
  chunks: number
}

/** Tells the sections of a patch as blocks: each begins where the one before ends, so that together they cover the whole patch. */
export type PatchSections = {
  readonly place: PatchPlace
  /** Of the section's file; empty without one. */
  readonly path: string
  /** In the section of an `Update File`. */
  readonly isUpdate: boolean
  begin(at: number): void
  section(operation: Section['operation'], line: AnswerLine, named: NamedPath | undefined): void
  move(line: AnswerLine, named: NamedPath | undefined): void
  anchor(line: AnswerLine, text: string): void
  /** Begins the chunk of which `line` is the first line, unless it has begun. */
  chunk(line: AnswerLine): void
  endOfFile(): void
  unknown(line: AnswerLine): void
  /** The open block, or the one that would have begun, is broken. */
  breakOff(code: MalformedCode, line: AnswerLine): void
  /** Ends the patch; `at`: where its last block ends. */
  end(line: AnswerLine, at: number): void
  /** The answer was cut off in the patch. */
  cutOff(line: AnswerLine): void
}

export function createPatchSections({ writer }: Reading): PatchSections {
  let place: PatchPlace = 'begun'
  let section: Section | undefined
  let number = 0
  let anchors: string[] = []
  /** Where the next block begins. */
  let start = 0
  let isEmpty = true

  function startBlock(part: Omit<PatchPart, 'section'>, line: AnswerLine, problem?: MalformedCode): void {
    writer.start(
      {
        format: 'patch',
        at: start,
        named: section?.named,
        patch: { section: section?.number ?? number, ...part },
        ...(problem !== undefined && { problem }),
      },
      line,
    )
    // What was tolerated in a header is counted once.
    if (section?.named !== undefined) section.named = { ...section.named, tolerances: [] }
  }

  function startSection(next: Omit<Section, 'number'> | undefined): void {
    number += 1
    section = next && { number, ...next }
    isEmpty = false
  }

  function closeBlock(line: AnswerLine, at: number): void {
    if (place === 'anchors') breakOff('chunk_without_lines', line)
    if (place === 'update' && section?.move === undefined) breakOff('update_without_chunk', line)
    if (place === 'chunk' || place === 'end_of_file') {
      writer.searchEnd()
      if (section !== undefined) section.chunks += 1
    }
    if (!writer.isOpen()) return
    writer.finish(place === 'broken' ? 'aborted' : 'complete', at)
    start = at
  }

  function closeSection(line: AnswerLine, at: number): void {
    const move = section?.move
    closeBlock(line, move === undefined ? at : Math.min(at, line.start))
    if (move !== undefined) {
      const isWhole = section !== undefined && section.chunks > 0
      startRename(line, move.named, isWhole ? problemOf(move.named) : 'update_without_chunk')
      writer.finish(isWhole ? 'complete' : 'aborted', at)
      start = at
    }
    section = undefined
  }

  function startRename(line: AnswerLine, named: NamedPath | undefined, problem: MalformedCode | undefined): void {
    startBlock({ operation: 'rename', anchors: [], newPath: named?.path ?? '' }, line, problem)
  }

  function breakOff(code: MalformedCode, line: AnswerLine): void {
    if (writer.isOpen()) {
      if (place !== 'broken') writer.malformed(code, line)
    } else {
      if (section === undefined) startSection(undefined)
      startBlock({ operation: 'update', anchors }, line, code)
    }
    anchors = []
    place = 'broken'
  }

  return {
    get place() {
      return place
    },
    get path() {
      return section?.named?.path ?? ''
    },
    get isUpdate() {
      return section?.operation === 'update'
    },
    begin(at) {
      place = 'begun'
      section = undefined
      anchors = []
      start = at
      isEmpty = true
    },
    section(operation, line, named) {
      closeSection(line, line.start)
      writer.settle()
      startSection({ operation, named, move: undefined, chunks: 0 })
      anchors = []
      place = operation
      if (operation !== 'update') startBlock({ operation, anchors }, line)
    },
    move(line, named) {
      if (place === 'update' && section !== undefined && section.move === undefined) {
        section.move = { named }
        return
      }
      if (place !== 'update') closeBlock(line, line.start)
      if (section === undefined) startSection(undefined)
      startRename(line, named, 'misplaced_move')
      place = 'broken'
    },
    anchor(line, text) {
      if (place !== 'update' && place !== 'anchors') {
        closeBlock(line, line.start)
        writer.settle()
      }
      if (text !== '') anchors = [...anchors, text]
      place = 'anchors'
    },
    chunk(line) {
      if (place === 'chunk') return
      startBlock({ operation: 'update', anchors }, line)
      anchors = []
      place = 'chunk'
    },
    endOfFile() {
      writer.endOfFile()
      place = 'end_of_file'
    },
    unknown(line) {
      closeSection(line, line.start)
      breakOff('unknown_header', line)
    },
    breakOff,
    end(line, at) {
      if (isEmpty) breakOff('no_operation', line)
      closeSection(line, at)
    },
    cutOff(line) {
      if (place === 'update' || place === 'anchors') startBlock({ operation: 'update', anchors }, line)
      writer.finish('aborted', line.end)
    },
  }
}

function problemOf(newPath: NamedPath | undefined): MalformedCode | undefined {
  if (newPath === undefined) return 'no_path'
  return newPath.refused ? 'refused_path' : undefined
}
