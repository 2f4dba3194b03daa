'use client'

import { Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '#ui/button.tsx'
import type { Review } from './use-review.ts'

/** Afterwards the command of the same effect is still there. */
const offeredMs = 30_000

type UndoRejectProps = { rejected: NonNullable<Review['rejected']>; disabled: boolean; className: string }

/** Offers for a while to bring back what was rejected. */
export function UndoReject({ rejected, disabled, className }: UndoRejectProps) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), offeredMs)
    return () => clearTimeout(timer)
  }, [])
  if (over) return null
  return (
    <span className={className}>
      <Button size="small" variant="ghost" disabled={disabled} onClick={rejected.undo}>
        <Undo2 size={13} aria-hidden />
        {rejected.count === 1 ? 'Undo the reject' : `Undo ${rejected.count} rejects`}
      </Button>
    </span>
  )
}
