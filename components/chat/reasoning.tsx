'use client'

import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'

/** The model's thinking: in sight while it is all there is, folded away once the answer begins. */
export function Reasoning({ text, growing }: { text: string; growing: boolean }) {
  const details = useRef<HTMLDetailsElement>(null)
  const body = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (details.current !== null) details.current.open = growing
  }, [growing])
  useEffect(() => {
    if (growing && body.current !== null) body.current.scrollTop = body.current.scrollHeight
  }, [growing, text])
  return (
    <details ref={details} className="group mb-2">
      <summary className="flex cursor-pointer list-none items-center gap-1 text-small text-text-3 hover:text-text-2">
        <ChevronRight size={13} className="transition-transform group-open:rotate-90" aria-hidden />
        {growing ? 'Thinking…' : 'Thought first'}
      </summary>
      <div
        ref={body}
        className="mt-1 max-h-32 overflow-y-auto border-l-2 border-line pl-2.5 text-[12px] leading-[18px] whitespace-pre-wrap text-text-3"
      >
        {text}
      </div>
    </details>
  )
}
