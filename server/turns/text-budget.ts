/** Characters that one token stands for, a little below the average of code, so that an estimate rather keeps a reserve. */
const charactersPerToken = 3.5

/** Characters that so many tokens stand for. */
export function charactersOf(tokens: number): number {
  return Math.max(0, Math.floor(tokens * charactersPerToken))
}

/** Tokens that a text takes at most, as an estimate. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken)
}

/** Characters of prompt that leave room for the answer in a context window of so many tokens. */
export function promptCharacters(contextTokens: number, maxCompletionTokens: number): number {
  return charactersOf(contextTokens - maxCompletionTokens)
}

/** Keeps both ends of a text that is too long and says how much is missing between them. */
export function trimMiddle(text: string, length: number): string {
  if (text.length <= length) return text
  const head = wholeCharacters(text, Math.ceil(length / 2))
  const tailAt = wholeCharacters(text, text.length - Math.floor(length / 2))
  return `${text.slice(0, head)}\n[… ${tailAt - head} characters left out …]\n${text.slice(tailAt)}`
}

/** As many whole lines from the start as fit. */
export function leadingLines(text: string, length: number): string {
  if (text.length <= length) return text
  return text.slice(0, text.lastIndexOf('\n', length - 1) + 1)
}

/** As many whole lines from the end as fit. */
export function trailingLines(text: string, length: number): string {
  if (text.length <= length) return text
  const feed = text.indexOf('\n', text.length - length - 1)
  return feed === -1 ? '' : text.slice(feed + 1)
}

function wholeCharacters(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at
}
