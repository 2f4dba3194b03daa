/** A text as a code block, its fence longer than every fence inside. */
export function fenced(text: string): string {
  const longest = (text.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${fence}`
}
