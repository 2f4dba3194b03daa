'use client'

import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'
import { Input } from './input.tsx'

type ShownOnceProps = { label: string; value: string; note: string }

/**
 * A secret that will not be shown again, with a button that copies it. The text stays selected, so that it can be copied by hand where
 * nothing else works.
 */
export function ShownOnce({ label, value, note }: ShownOnceProps) {
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)

  const copy = async () => {
    setCopied(await copyText(value))
    input.current?.select()
  }

  return (
    <div className="rounded-card border border-line-strong bg-bg-2 p-3">
      <div className="flex gap-2">
        <Input
          ref={input}
          readOnly
          aria-label={label}
          value={value}
          onFocus={(event) => event.target.select()}
          className="font-mono text-small"
        />
        <Button variant="strong" size="large" onClick={() => void copy()}>
          {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p className="pt-2 text-small text-text-2">{note}</p>
    </div>
  )
}
