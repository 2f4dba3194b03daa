'use client'

import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

/** A fenced block in prose: an example to read or copy, never an edit. */
export function CodeBlock({ language, children }: { language: string | undefined; children: ReactNode }) {
  const text = typeof children === 'string' ? children : Array.isArray(children) ? children.join('') : ''
  return (
    <div className="my-2 overflow-hidden rounded-card border border-line bg-bg-0">
      <div className="flex h-7 items-center justify-between border-b border-line pr-0.5 pl-2.5 text-small text-text-3">
        <span>{language ?? 'text'}</span>
        <CopyButton label="Copy code" text={text} />
      </div>
      <pre
        className="overflow-x-auto px-2.5 py-2 font-mono text-[12px] leading-[18px] [font-variant-ligatures:none]"
        tabIndex={0}
        aria-label={`Code, ${language ?? 'text'}`}
      >
        <code>{text.replace(/\n$/, '')}</code>
      </pre>
    </div>
  )
}
