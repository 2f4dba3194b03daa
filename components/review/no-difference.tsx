'use client'

import { Button } from '#ui/button.tsx'
import type { Base } from './bases.ts'
import type { ComparedReading } from './use-compared.ts'

const failures = {
  gone: { title: 'There is nothing stored to compare with any more.', again: false },
  unreachable: { title: 'The server does not answer.', again: true },
  failed: { title: 'What to compare with could not be read.', again: true },
} as const

/** Stands where a comparison has no file to show. */
export function NoDifference({ reading, base, onAgain }: { reading: ComparedReading; base: Base; onAgain(): void }) {
  if (reading.state === 'loading') {
    return (
      <p role="status" className="p-4 text-text-3">
        Comparing with {base.wording}…
      </p>
    )
  }
  if (reading.state === 'read') return <p className="p-4 text-text-2">Nothing differs from {base.wording}.</p>
  const { title, again } = failures[reading.why]
  return (
    <div role="alert" className="p-4">
      <p className="font-semibold">{title}</p>
      <p className="pt-1 pb-3 text-text-2">
        Your files are safe and as they were.{!again && ' Choose something else to compare with.'}
      </p>
      {again && <Button onClick={onAgain}>Try again</Button>}
    </div>
  )
}
