import { Notice } from '#ui/notice.tsx'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <Notice
      title="There is no such page"
      what="The address does not lead anywhere."
      doNext={{ label: 'All sessions', href: '/' }}
    />
  )
}
