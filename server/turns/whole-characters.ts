import { withoutHalf } from '#protocol/whole-text.ts'

const replacement = '\uFFFD'

/**
 * Text that comes in pieces, given on without halves of characters: providers cut between the two units of a surrogate pair, and no
 * encoding carries one of them alone. A half waits for the other one; one that stands alone is shown as what it is, unreadable.
 */
export class WholeCharacters {
  #half = ''

  /** What is whole by now, as long as what came of it. */
  take(piece: string): string {
    const all = this.#half + piece
    const whole = withoutHalf(all)
    this.#half = all.slice(whole.length)
    return whole.replaceAll(/\p{Surrogate}/gu, replacement)
  }

  /** What waits comes to nothing: another text begins. */
  drop(): void {
    this.#half = ''
  }
}
