import { isElision } from './elision.ts'
import { closesFence, opensInside } from './fences.ts'
import type { AnswerLine } from './line-reader.ts'
import { readMarker } from './markers.ts'
import type { FormatReader, LineOutcome, Reading } from './reading.ts'

const markdown = /\.(?:md|mdx|markdown)$/i

export type WholeFileReader = FormatReader & {
  /** Begins the file of the open fence at `line`, after the `first` lines, none of which closes the fence. */
  start(line: AnswerLine, first: readonly AnswerLine[]): void
}

export function createWholeFileReader(reading: Reading): WholeFileReader {
  const { tolerate, writer, above } = reading
  let path = ''
  let isMarkdown = false
  let searchMarkerInFile = false
  let fencesInFile = 0

  function contentLine(line: AnswerLine): LineOutcome {
    const { fence } = reading
    if (fence === undefined) return 'over'
    if (closesFence(line.text, fence)) {
      if (fencesInFile === 0) {
        reading.finish('complete', line.end)
        reading.closeFence(line)
        return 'over'
      }
      fencesInFile -= 1
    } else if (isMarkdown && opensInside(line.text, fence)) {
      fencesInFile += 1
      tolerate('nested_fence')
    }
    const marker = readMarker(line.text)
    if (marker?.kind === 'replace' && !searchMarkerInFile) writer.malformed('missing_search_marker', line)
    if (marker?.kind === 'search' || marker?.kind === 'replace') searchMarkerInFile = true
    if (isElision(line.text, path)) writer.elided()
    writer.replaceLine(line.text)
    return 'open'
  }

  return {
    start(line, first) {
      const { fence } = reading
      if (fence === undefined) return
      fence.owned = true
      path = fence.named?.path ?? ''
      isMarkdown = markdown.test(path)
      searchMarkerInFile = false
      fencesInFile = 0
      writer.start({ format: 'whole_file', at: fence.at, named: fence.named }, line)
      if (/^(?:diff|patch)\b/i.test(fence.info) && !/\.(?:diff|patch)$/i.test(path)) writer.malformed('diff_in_fence', line)
      above.clear()
      for (const line of first) contentLine(line)
    },
    line: contentLine,
    end(complete, line) {
      if (complete) writer.malformed('missing_fence', line)
      reading.finish('aborted', line.end)
    },
  }
}
