/** A text that is edited in many places, mostly one behind the other, before it is read: that costs one copy of it, not one each. */
export class EditedText {
  #text: string
  /** Edits that the text lacks: ascending, each in the text that those before it leave. */
  #pending: { start: number; end: number; content: string }[] = []

  constructor(text: string) {
    this.#text = text
  }

  get text(): string {
    if (this.#pending.length === 0) return this.#text
    const pieces: string[] = []
    let at = 0
    let grown = 0
    for (const { start, end, content } of this.#pending) {
      pieces.push(this.#text.slice(at, start - grown), content)
      at = end - grown
      grown += content.length - (end - start)
    }
    this.#pending = []
    this.#text = pieces.join('') + this.#text.slice(at)
    return this.#text
  }

  replace(start: number, end: number, content: string): void {
    const last = this.#pending.at(-1)
    if (last !== undefined && start < last.start + last.content.length) void this.text
    this.#pending.push({ start, end, content })
  }
}
