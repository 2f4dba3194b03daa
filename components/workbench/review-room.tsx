'use client'

import { Avatar } from '#ui/avatar.tsx'
import { Prose } from '#chat/prose.tsx'
import { ReviewPartsProvider, type ReviewParts } from '#review/review-parts.ts'
import type { ReactNode } from 'react'

const parts: ReviewParts = {
  Prose: ({ text }) => <Prose text={text} growing={false} />,
  Sign: ({ name, colour }) => (colour === undefined ? <Avatar assistant /> : <Avatar name={name} colour={colour} />),
}

/** Lends the review what it draws with. */
export function ReviewRoom({ children }: { children: ReactNode }) {
  return <ReviewPartsProvider value={parts}>{children}</ReviewPartsProvider>
}
