'use client'

import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { classNames } from '#ui/class-names.ts'

/** The model's thinking: in sight while it is all there is, folded away once the answer begins. */
export function Reasoning({ text, growing }: { text: string; growing: boolean }) {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (details.current !== null) details.current.open = growing
  }, [growing])
  return (
    <details ref={details} className="group mb-2">
      <summary className="flex cursor-pointer list-none items-center gap-1 text-small text-text-3 hover:text-text-2">
        <ChevronRight size={13} className="transition-transform group-open:rotate-90" aria-hidden />
        {growing ? 'Thinking…' : 'Thought first'}
      </summary>
      {/* Reversed, it stays at its end by itself: measuring it in every frame would lay out all of it. Later it is read from its start. */}
      <div
        className={classNames(
          'mt-1 flex max-h-32 overflow-y-auto border-l-2 border-line pl-2.5 text-[12px] leading-[18px] text-text-3',
          growing ? 'flex-col-reverse' : 'flex-col',
        )}
      >
        <p className="whitespace-pre-wrap">{text}</p>
      </div>
    </details>
  )
}
