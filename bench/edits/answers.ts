import type { EditFormat } from '#edits/parser-events.ts'
import { generatedEdits, generatedSources } from '#model/replay/generated-edits.ts'

const files = 20
const changes = 400
const tokens = 80_000
const block = /(\S+)\n```ts\n<<<<<<< SEARCH\n([\s\S]*?)=======\n([\s\S]*?)>>>>>>> REPLACE\n```\n/g

/** An answer of at least `length` UTF-16 units in each format, prose between its edits. */
export function answerIn(format: EditFormat, length: number): string {
  const once = answers[format]()
  return once.repeat(Math.ceil(length / once.length))
}

const answers: Record<EditFormat, () => string> = {
  search_replace: () => generatedEdits(files, changes, tokens).join(''),
  patch: () =>
    answers
      .search_replace()
      .replace(
        block,
        (_all, path: string, search: string, replace: string) =>
          `*** Begin Patch\n*** Update File: ${path}\n@@\n${prefixed('-', search)}${prefixed('+', replace)}*** End Patch\n`,
      ),
  whole_file: () =>
    generatedSources(files, changes)
      .map(({ path, text }) => `The whole file follows.\n\n${path}\n\`\`\`ts\n${text}\`\`\`\n\n`)
      .join(''),
}

function prefixed(sign: string, lines: string): string {
  return lines.replace(/^(?=.)/gm, sign)
}
