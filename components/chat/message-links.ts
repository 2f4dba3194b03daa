/** What this needs to know of a markdown tree (mdast). */
export type MarkdownNode = { type: string; value?: string; url?: string; children?: MarkdownNode[] }

/** Characters that mean nothing in markdown and that nobody types: around a mention while the text is parsed. */
const open = '\uE000'
const close = '\uE001'
const place = String.raw`(?:[\w@.-]+/)*[\w@-][\w@.-]*\.[A-Za-z][\w]{0,9}:\d{1,7}(?:[-–]\d{1,7})?`
const parts = new RegExp(`${open}([0-9a-f]+)${close}|(?<![\\w/:.@-])(${place})(?![\\w/])`, 'g')
const wholePlace = new RegExp(`^${place}$`)

export const mentionScheme = '#person='
export const placeScheme = '#place='

/** A body in which mentions survive being parsed as markdown; see `messageLinks`. */
export function shielded(body: string): string {
  return body
    .replaceAll(/[\uE000\uE001]/g, '')
    .replace(/<@([A-Za-z0-9_-]{1,64})>/g, (_mention, id: string) => `${open}${hex(id)}${close}`)
}

/** Remark plugin: makes links of mentions, and of `file:line`. Whether there is such a file is for whoever draws it to see. */
export function messageLinks() {
  return (root: MarkdownNode) => replaceIn(root)
}

function replaceIn(parent: MarkdownNode) {
  parent.children = (parent.children ?? []).flatMap((node) => {
    const { type, value = '' } = node
    if (type === 'text') return linked(value)
    if (type === 'code' || type === 'inlineCode') return code({ ...node, value: unshielded(value) })
    // A link inside a link would be none.
    if (type !== 'link' && node.children !== undefined) replaceIn(node)
    return node
  })
}

function linked(value: string): MarkdownNode[] {
  const nodes: MarkdownNode[] = []
  let at = 0
  for (const match of value.matchAll(parts)) {
    const [found, person, file = ''] = match
    if (match.index > at) nodes.push(text(value.slice(at, match.index)))
    nodes.push(person === undefined ? link(placeScheme + file, text(file)) : link(mentionScheme + unhex(person), text('@')))
    at = match.index + found.length
  }
  if (at < value.length) nodes.push(text(value.slice(at)))
  return nodes
}

function code(node: MarkdownNode & { value: string }): MarkdownNode {
  return node.type === 'inlineCode' && wholePlace.test(node.value) ? link(placeScheme + node.value, node) : node
}

function unshielded(value: string): string {
  return value.replace(new RegExp(`${open}([0-9a-f]+)${close}`, 'g'), (_mention, id: string) => `<@${unhex(id)}>`)
}

function text(value: string): MarkdownNode {
  return { type: 'text', value }
}

function link(url: string, child: MarkdownNode): MarkdownNode {
  return { type: 'link', url, children: [child] }
}

/** Where such a link leads; undefined for one that somebody made by hand and that leads nowhere. */
export function placeIn(href: string): { path: string; line: number } | undefined {
  try {
    const [path = '', line = ''] = decodeURIComponent(href.slice(placeScheme.length)).split(':')
    return { path, line: Number.parseInt(line, 10) || 1 }
  } catch {
    return undefined
  }
}

function hex(id: string): string {
  return Array.from(id, (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

function unhex(digits: string): string {
  return (digits.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')
}
