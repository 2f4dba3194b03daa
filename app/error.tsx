'use client'

import { Notice } from '#ui/notice.tsx'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  return (
    <Notice
      title="This page stopped working"
      what="Something in the page failed. It has nothing to do with your files."
      safe="Every edit that was shown as saved is stored on the server."
      doNext={{ label: 'Try again', onClick: reset }}
      otherwise={{ label: 'All sessions', href: '/' }}
      detail={error.digest ?? error.message}
    />
  )
}
