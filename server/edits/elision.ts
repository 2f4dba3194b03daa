/** File types in which a bare `...` line is ordinary content. */
const bareDotsAreContent = /\.(?:py|pyi|md|mdx|markdown|txt|rst|ya?ml|tex|adoc)$/i
const isMarkdown = /\.(?:md|mdx|markdown)$/i

const comment = /^(?:\/\/+|#+|--+|;+|%+|\/\*+|<!--+|\{\/\*+|\(\*|"""|''')\s*(.*?)\s*(?:\*+\/\}?|--+>|\*\)|"""|''')?$/
const bracketed = /^[([](.*)[)\]]$/
const dots = /^(?:\.{3,}|…)/
const subject =
  /\b(?:existing|rest|remain(?:s|ing|der)?|unchanged|previous|omitted|same|as before|other|more|your|keep|code|content|file)\b/i
const phrase =
  /^(?:the )?(?:(?:rest|remainder)\b.*\b(?:unchanged|the same|as before|as is|here)|rest of (?:the |your )?\w+|(?:existing|previous|remaining|other) (?:\w+ )?(?:code|content|imports|functions|methods|styles|rules)(?: (?:here|(?:remains?|stays?|is|are) .*|unchanged))?|(?:everything else |all else )?(?:remains? |stays? )?unchanged|(?:everything|all) else .*\b(?:unchanged|the same|as before))\.{0,3}$/i

/**
 * Whether a line of a whole-file block stands for code that was left out: `// ... existing code ...`, `# rest unchanged`, `...`.
 * A spread or rest operator, an ordinary comment and Python's ellipsis are not.
 */
export function isElision(line: string, path: string): boolean {
  if (line.length > 200) return false
  const text = line.trim()
  if (text === '') return false
  if (/^(?:\.{3,}|…)$/.test(text)) return !bareDotsAreContent.test(path)
  const inBrackets = bracketed.exec(text)?.[1]
  const body = isMarkdown.test(path) && text.startsWith('#') ? undefined : (comment.exec(text)?.[1] ?? inBrackets)
  if (body === undefined) return false
  const said = bracketed.exec(body)?.[1] ?? body
  const spoken = said.replace(dots, '').trim()
  if (spoken.length < said.length && inBrackets === undefined) return spoken === '' || subject.test(spoken)
  return phrase.test(said.replace(/[.…\s]+$/, ''))
}
