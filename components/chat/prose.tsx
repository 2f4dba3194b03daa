'use client'

import { isValidElement, memo, type ReactNode } from 'react'
import { defaultRemarkPlugins, Streamdown, type StreamdownProps } from 'streamdown'
import { CodeBlock } from './code-block.tsx'

type CodeProps = { className?: string; children?: ReactNode }

/**
 * A model's or a person's markdown is hostile until parsed: raw HTML is shown as text, images are never fetched (a way out for
 * injected prompts), and only web and mail links are followed, in a new tab that learns nothing about this one.
 */
const components: NonNullable<StreamdownProps['components']> = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h4>{children}</h4>,
  h5: ({ children }) => <h5>{children}</h5>,
  h6: ({ children }) => <h6>{children}</h6>,
  p: ({ children }) => <p>{children}</p>,
  ul: ({ children }) => <ul>{children}</ul>,
  ol: ({ children, start }) => <ol start={start}>{children}</ol>,
  li: ({ children }) => <li>{children}</li>,
  blockquote: ({ children }) => <blockquote>{children}</blockquote>,
  hr: () => <hr />,
  strong: ({ children }) => <strong>{children}</strong>,
  table: ({ children }) => (
    <div className="chat-table">
      <table>{children}</table>
    </div>
  ),
  thead: ({ children }) => <thead>{children}</thead>,
  tbody: ({ children }) => <tbody>{children}</tbody>,
  tr: ({ children }) => <tr>{children}</tr>,
  th: ({ children }) => <th>{children}</th>,
  td: ({ children }) => <td>{children}</td>,
  sub: ({ children }) => <sub>{children}</sub>,
  sup: ({ children }) => <sup>{children}</sup>,
  section: ({ children }) => <section>{children}</section>,
  a: ({ href, children }) => <ProseLink href={href}>{children}</ProseLink>,
  img: ({ alt }) => <span className="text-text-3">[image{alt ? `: ${alt}` : ''}]</span>,
  // A fenced block is a `pre` around its `code`; a `code` alone stands in a line.
  code: ({ children }) => <code>{children}</code>,
  pre: ({ children }) => {
    const { className, children: text } = isValidElement<CodeProps>(children) ? children.props : { children }
    return <CodeBlock language={/language-(\S+)/.exec(className ?? '')?.[1]}>{text}</CodeBlock>
  },
}

const remarkPlugins = Object.values(defaultRemarkPlugins)

/** Where a link leads outside it opens a tab of its own; anything else is only its text. */
export function ProseLink({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  if (href === undefined || !/^(https?|mailto):/i.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

const settings: Partial<StreamdownProps> = {
  className: 'chat-prose',
  rehypePlugins: [],
  skipHtml: true,
  controls: false,
  linkSafety: { enabled: false },
  codeBlockMaxHeight: 0,
  tableMaxHeight: 0,
}

/** Markdown that may still be growing: closed blocks keep their DOM, only the open one renders again. */
export const Prose = memo(function Prose({ text, growing }: { text: string; growing: boolean }) {
  return (
    <Streamdown
      {...settings}
      mode={growing ? 'streaming' : 'static'}
      parseIncompleteMarkdown={growing}
      components={components}
      remarkPlugins={remarkPlugins}
    >
      {text}
    </Streamdown>
  )
})

type PlainProseProps = {
  text: string
  plugins: NonNullable<StreamdownProps['remarkPlugins']>
  components: NonNullable<StreamdownProps['components']>
}

/** The same rules for what a person wrote, with plugins and components of its own. */
export function PlainProse({ text, plugins, components: own }: PlainProseProps) {
  return (
    <Streamdown
      {...settings}
      mode="static"
      parseIncompleteMarkdown={false}
      components={{ ...components, ...own }}
      remarkPlugins={[...remarkPlugins, ...plugins]}
    >
      {text}
    </Streamdown>
  )
}
