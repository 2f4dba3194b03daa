'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from '#ui/copy-text.ts'
import { IconButton } from '#ui/icon-button.tsx'

/** Copies a text and shows for a moment that it did. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_500)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <IconButton label={copied ? 'Copied' : label} size="small" onClick={() => void copyText(text).then(setCopied)}>
      {copied ? <Check size={13} /> : <Copy size={13} />}
    </IconButton>
  )
}
