import type { BlockPlan, EditPlan, FilePlan, LineChange } from './edit-plan.ts'

/** Texts by path, with LF. */
export type Texts = Record<string, string>

/** One block of the answer, as its hunks count it. */
type ScriptBlock = {
  path: string
  /** Its old lines stand once in what the model saw, so that it has to be applied. Otherwise it is shown, or applied where it is meant. */
  isClear: boolean
  /** Where in the answer it may be complete, and where it is for certain. */
  from: number
  until: number
}

/** Lines of the file that a block (0: none) leaves as they were, `old`, or replaces, `now`. */
type Part = { block: number; old: string[]; now: string[] }

type FileScript = {
  before: string | undefined
  isTerminated: boolean
  isPatched: boolean
  /** The block that begins the file. */
  creation: number
  parts: Part[]
  /** The block that renames or deletes it, and where it is then. */
  operation: { block: number; path: string | undefined } | undefined
}

/** The answer that a plan stands for, and what is to become of the files. */
export class Script {
  answer = 'Here it comes.\n\n'
  readonly before: Texts = {}
  /** The same as they are imported, each with its line endings. */
  readonly imported: Texts
  readonly blocks: ScriptBlock[] = []
  readonly #files = new Map<string, FileScript>()
  readonly #name: string

  /** `now`: what the model sees instead of what the plan says; `name` tells the lines of a later answer from those of an earlier one. */
  constructor({ files }: Pick<EditPlan, 'files'>, now?: Texts, name = '') {
    this.#name = name
    const endings = new Set<string>()
    for (const [index, file] of files.entries()) {
      const path = `src/file${index}.txt`
      if (file.lineEnding === 'crlf') endings.add(path)
      this.#writeFile(path, file, now === undefined ? textOf(file) : now[path])
    }
    this.before = now ?? this.after(() => false)
    this.imported = Object.fromEntries(
      Object.entries(this.before).map(([path, text]) => [path, endings.has(path) ? text.replaceAll('\n', '\r\n') : text]),
    )
  }

  /** The texts once the blocks that count (1-based) are applied; `isAccepted` says whether files are renamed and deleted. */
  after(counts: (block: number) => boolean = () => true, isAccepted = false): Texts {
    const texts: Texts = { ...this.before }
    for (const [path, file] of this.#files) {
      const text = textAfter(file, counts)
      if (text === undefined) continue
      delete texts[path]
      const operation = isAccepted && file.operation && counts(file.operation.block) ? file.operation : undefined
      const last = operation === undefined ? path : operation.path
      if (last !== undefined) texts[last] = text
    }
    return texts
  }

  /** The old lines of a file's blocks. */
  quoted(path: string): string[][] {
    return (this.#files.get(path)?.parts ?? []).flatMap(({ block, old }) => (block > 0 ? [old] : []))
  }

  #writeFile(path: string, plan: FilePlan, before: string | undefined): void {
    const old = before === undefined || before === '' ? linesOf(plan, this.#name) : linesIn(before)
    const isThere = before !== undefined && before !== ''
    const file: FileScript = {
      before,
      isTerminated: !isThere || before.endsWith('\n'),
      isPatched: plan.format === 'patch',
      creation: 0,
      parts: [],
      operation: undefined,
    }
    this.#files.set(path, file)
    const start = this.answer.length
    const pieces = this.#pieces(plan, old)
    if (plan.format === 'whole') this.#writeWhole(path, file, pieces, isThere)
    else if (plan.format === 'patch') this.#writePatch(path, file, plan, { pieces, old, isThere })
    else this.#writeBlocks(path, file, { pieces, old, isThere })
    this.#writeOperation(path, file, plan)
    if (plan.lineEnding === 'crlf') this.#endLinesWithCarriageReturns(start)
    this.answer += '\n'
  }

  /** The old lines in the runs that the plan's blocks quote, and what is between them. */
  #pieces(plan: FilePlan, old: readonly string[]): Piece[] {
    const pieces: Piece[] = []
    let next = 0
    for (const block of plan.blocks) {
      const start = Math.min(next + block.gap, old.length)
      let end = Math.min(start + block.changes.length, old.length)
      // Blank old lines alone mean the end of the file.
      while (end < old.length && isBlank(old.slice(start, end))) end += 1
      if (isBlank(old.slice(start, end))) break
      const changes = old.slice(start, end).map((_, at) => block.changes[at] ?? 'keep')
      pieces.push({ gap: old.slice(next, start), quoted: old.slice(start, end), changes, plan: block })
      next = end
    }
    return [...pieces, { gap: old.slice(next), quoted: [], changes: [], plan: undefined }]
  }

  #writeWhole(path: string, file: FileScript, pieces: readonly Piece[], isThere: boolean): void {
    const lines = pieces.flatMap(({ gap, quoted, changes }) => [...gap, ...this.#newLines(quoted, changes)])
    const block = this.#say(path, `${path}\n\`\`\`\n${joined(lines)}\`\`\`\n`, lines.length > 0)
    if (isThere) file.parts.push({ block, old: pieces.flatMap(({ gap, quoted }) => [...gap, ...quoted]), now: lines })
    else {
      file.creation = block
      file.parts.push({ block: 0, old: lines, now: lines })
    }
  }

  #writeBlocks(path: string, file: FileScript, { pieces, old, isThere }: Pieces): void {
    const write = (quoted: readonly string[], lines: readonly string[], isClear: boolean) => {
      const block = this.#say(
        path,
        `${path}\n\`\`\`\n<<<<<<< SEARCH\n${joined(quoted)}=======\n${joined(lines)}>>>>>>> REPLACE\n`,
        isClear,
      )
      this.answer += '```\n\n'
      return block
    }
    if (!isThere) file.creation = write([], old, true)
    for (const { gap, quoted, changes, plan } of pieces) {
      file.parts.push({ block: 0, old: gap, now: gap })
      if (plan === undefined) continue
      const now = this.#newLines(quoted, changes)
      file.parts.push({ block: write(quoted, now, isOnce(old, quoted)), old: quoted, now })
    }
  }

  #writePatch(path: string, file: FileScript, plan: FilePlan, { pieces, old, isThere }: Pieces): void {
    const first = this.blocks.length
    const chunks = pieces.filter(({ plan: block }) => block !== undefined)
    // A patch has to say something.
    if (isThere && chunks.length === 0) file.parts.push({ block: 0, old: [...old], now: [...old] })
    if (isThere && chunks.length === 0) return
    this.answer += '*** Begin Patch\n'
    if (!isThere) file.creation = this.#say(path, `*** Add File: ${path}\n${marked('+', old)}`, true)
    if (chunks.length > 0) this.answer += `*** Update File: ${path}\n`
    const moves = isMove(plan) && chunks.length > 0
    if (moves) this.answer += `*** Move to: ${this.#movedPath(path, plan)}\n`
    let line = 0
    for (const { gap, quoted, changes, plan: block } of pieces) {
      file.parts.push({ block: 0, old: gap, now: gap })
      line += gap.length
      if (block === undefined) continue
      const above = block.isAnchored === true && gap.length > 0 && (gap.at(-1) ?? '').trim() !== '' ? ` ${gap.at(-1)}` : ''
      line += quoted.length
      // Whether a chunk that changes nothing ends the last line depends on whether its place is clear.
      const isLastKept = line === old.length && !file.isTerminated && changes.every((change) => change === 'keep')
      const some: LineChange[] = isLastKept ? [...changes.slice(0, -1), 'insert'] : changes
      const number = this.#say(path, `@@${above}\n${this.#chunkOf(quoted, some)}`, isOnce(old, quoted))
      file.parts.push({ block: number, old: quoted, now: this.#newLines(quoted, some) })
    }
    if (moves) this.#rename(path, file, plan)
    this.answer += '*** End Patch\n'
    for (const [index, block] of this.blocks.entries()) {
      // A chunk ends where the next line says that it does.
      if (index >= first) block.until = this.answer.indexOf('\n', block.until) + 1
    }
  }

  #writeOperation(path: string, file: FileScript, plan: FilePlan): void {
    if (plan.operation === 'delete') {
      this.answer += '*** Begin Patch\n'
      const block = this.#say(path, `*** Delete File: ${path}\n*** End Patch\n`, true)
      file.operation = { block, path: undefined }
    } else if (isMove(plan) && file.operation === undefined) {
      // There has to be a chunk, which says what stands there already.
      const lines = linesIn(textAfter(file, () => true) ?? '')
      if (lines.length === 0 || this.blocks.some((block) => block.path === path && !block.isClear)) return
      this.answer += `*** Begin Patch\n*** Update File: ${path}\n*** Move to: ${this.#movedPath(path, plan)}\n`
      this.#say(path, `@@\n${marked(' ', lines)}`, true)
      this.#rename(path, file, plan)
      this.answer += '*** End Patch\n'
    }
  }

  #rename(path: string, file: FileScript, plan: FilePlan): void {
    file.operation = { block: this.#say(path, '', true), path: this.#movedPath(path, plan) }
  }

  #movedPath(path: string, { operation }: FilePlan): string {
    const before = [...this.#files.keys()].at(-2)
    if (operation === 'replace' && before !== undefined) return before
    return path.replace('src/', `moved${this.#name.trim()}/`)
  }

  /** Returns the block's number. */
  #say(path: string, text: string, isClear: boolean): number {
    this.answer += text
    this.blocks.push({ path, isClear, from: this.answer.length, until: this.answer.length })
    return this.blocks.length
  }

  #endLinesWithCarriageReturns(start: number): void {
    const feeds = (end: number) => this.answer.slice(start, end).split('\n').length - 1
    for (const block of this.blocks.filter(({ from }) => from > start)) {
      block.from += feeds(block.from)
      block.until += feeds(block.until)
    }
    this.answer = this.answer.slice(0, start) + this.answer.slice(start).replaceAll('\n', '\r\n')
  }

  #newLines(quoted: readonly string[], changes: readonly LineChange[]): string[] {
    return this.#chunkOf(quoted, changes)
      .split('\n')
      .slice(0, -1)
      .filter((line) => !line.startsWith('-'))
      .map((line) => line.slice(1))
  }

  #chunkOf(quoted: readonly string[], changes: readonly LineChange[]): string {
    return quoted.map((line, at) => this.#patchLines(changes[at] ?? 'keep', line)).join('')
  }

  #patchLines(change: LineChange, line: string): string {
    const name = this.#name
    switch (change) {
      case 'keep':
        return ` ${line}\n`
      case 'drop':
        return `-${line}\n`
      case 'change':
        return `-${line}\n+${line} changed${name}\n`
      case 'insert':
        return ` ${line}\n+new${name} below ${line}\n`
      case 'many':
        // So many that they are written while they arrive.
        return ` ${line}\n${marked(
          '+',
          Array.from({ length: 42 }, (_, below) => `${below} of many${name} below ${line}`),
        )}`
      case 'brace':
        return `+${name === '' ? '}' : ')'}\n ${line}\n+\n`
    }
  }
}

const isMove = ({ operation }: FilePlan) => operation === 'rename' || operation === 'replace'

type Piece = { gap: string[]; quoted: string[]; changes: LineChange[]; plan: BlockPlan | undefined }
type Pieces = { pieces: readonly Piece[]; old: readonly string[]; isThere: boolean }

function textAfter({ before, isTerminated, isPatched, creation, parts }: FileScript, counts: (block: number) => boolean) {
  if (creation > 0 && !counts(creation)) return before
  const isApplied = ({ block }: Part) => block > 0 && counts(block)
  const lines = parts.flatMap((part) => (isApplied(part) ? part.now : part.old))
  const last = parts.findLast(({ old }) => old.length > 0)
  // A chunk of a patch ends every line that it writes.
  const isEnded = isTerminated || (isPatched && last !== undefined && isApplied(last))
  return lines.length === 0 ? '' : lines.join('\n') + (isEnded ? '\n' : '')
}

function textOf(plan: FilePlan): string | undefined {
  if (plan.start !== 'text') return plan.start === 'empty' ? '' : undefined
  return linesOf(plan, '').join('\n') + (plan.isTerminated ? '\n' : '')
}

function linesOf({ lines, texts, blocks }: FilePlan, name: string): string[] {
  const used = blocks.reduce((sum, { gap, changes }) => sum + gap + changes.length, 0)
  return Array.from({ length: used + lines }, (_, line) => `line ${line % texts}${name} 🐍${'}'.repeat((line % texts) % 3)}`)
}

function linesIn(text: string): string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
const marked = (mark: string, lines: readonly string[]) => lines.map((line) => `${mark}${line}\n`).join('')
const isBlank = (lines: readonly string[]) => lines.every((line) => line.trim() === '')

function isOnce(lines: readonly string[], run: readonly string[]): boolean {
  const places = lines.filter((_, at) => run.every((line, index) => lines[at + index] === line))
  return places.length === 1
}
