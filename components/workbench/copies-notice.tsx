'use client'

import { useKeptCopies, useOffered } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { toast } from '#ui/toast.tsx'
import { LifeBuoy } from 'lucide-react'
import { useState } from 'react'
import { wordCopies, wordOffered } from './copy-wording.ts'

/** Says that edits could not be stored and where they are; once for each of them. */
export function CopiesNotice({ onShow }: { onShow(): void }) {
  const copies = useKeptCopies()
  useOffered((offered) => {
    if (offered.hunks > 0) toast(wordOffered(offered))
  })
  const [seen, setSeen] = useState<readonly string[]>([])
  const fresh = copies.filter(({ copyId }) => !seen.includes(copyId))
  if (fresh.length === 0) return null
  const leave = () => setSeen(copies.map(({ copyId }) => copyId))
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line-strong bg-bg-3 px-3 py-1.5"
    >
      <LifeBuoy size={15} aria-hidden className="text-warn" />
      <p className="min-w-0 flex-1 basis-60">{wordCopies(fresh)}</p>
      <Button size="small" variant="ghost" onClick={leave}>
        Later
      </Button>
      <Button
        size="small"
        onClick={() => {
          leave()
          onShow()
        }}
      >
        Look at them
      </Button>
    </div>
  )
}
