import type { Logger } from 'pino'
import type { Content } from './blob-writes.ts'
import type { Writer } from './writer-port.ts'

/** What goes to the writer at once; it takes a few milliseconds. */
const pieceBytes = 512 * 1024
const pieceFiles = 100

type Contained = { bytes?: Uint8Array }
type Kept<File extends Contained> = Omit<File, 'bytes'> & { bytes: Content }

/**
 * Takes large contents in and old ones out a piece at a time, so that nobody's edit waits in the writer for the whole of it. Contents that
 * nothing names are loose until they are swept; a process that died in between leaves them to the next one.
 */
export class LooseBlobs {
  readonly #writer: Writer
  readonly #log: Logger
  #keeping = 0
  #sweeping = false
  #sweepAgain = false
  #closed = false

  constructor(writer: Writer, log: Logger) {
    this.#writer = writer
    this.#log = log
  }

  /** Saves files whose contents are stored before, or go with the files where they are few and small. Rejects with what `save` does. */
  async keep<File extends Contained, Value>(
    files: readonly File[],
    save: (files: (File | Kept<File>)[]) => Promise<Value>,
  ): Promise<Value> {
    const pieces = piecesOf(files)
    if (pieces.length <= 1) return save([...files])
    this.#keeping += 1
    try {
      const kept: (File | Kept<File>)[] = files.filter(({ bytes }) => bytes === undefined)
      for (const piece of pieces) {
        const contents = piece.map(({ bytes }) => bytes)
        const hashes = await this.#writer.write('saveLooseBlobs', { contents })
        for (const [index, file] of piece.entries()) kept.push({ ...file, bytes: hashes[index] ?? file.bytes })
      }
      return await save(kept)
    } finally {
      this.#keeping -= 1
      this.sweep()
    }
  }

  /** Has what nothing names deleted, soon. */
  sweep(): void {
    this.#sweepAgain = true
    if (!this.#sweeping) void this.#sweepAll()
  }

  close(): void {
    this.#closed = true
  }

  async #sweepAll(): Promise<void> {
    this.#sweeping = true
    try {
      while (this.#sweepAgain && this.#keeping === 0 && !this.#closed) {
        this.#sweepAgain = false
        if (await this.#writer.write('sweepBlobs', undefined)) this.#sweepAgain = true
      }
    } catch (error) {
      // The next sweep finds them.
      if (!this.#closed) this.#log.warn({ err: error }, 'contents that nothing names were not deleted')
    }
    this.#sweeping = false
  }
}

function piecesOf<File extends Contained>(files: readonly File[]): (File & { bytes: Uint8Array })[][] {
  const pieces: (File & { bytes: Uint8Array })[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const file of files) {
    const { bytes } = file
    if (bytes === undefined) continue
    const last = pieces.at(-1)
    if (last === undefined || size + bytes.byteLength > pieceBytes || last.length === pieceFiles) {
      pieces.push([{ ...file, bytes }])
      size = bytes.byteLength
    } else {
      last.push({ ...file, bytes })
      size += bytes.byteLength
    }
  }
  return pieces
}
