import { useInBrowser } from '#ui/use-in-browser.ts'
import { LockOpen } from 'lucide-react'

/** Said wherever secrets are about to be given over plain http; pages on this very machine are safe without. */
export function UnencryptedNotice() {
  if (!useInBrowser() || window.isSecureContext) return null
  return (
    <p className="flex gap-2 pt-4 text-small text-warn">
      <LockOpen size={14} aria-hidden className="mt-px shrink-0" />
      <span>Not encrypted: others in this network can read along. Use it only in a network you trust, or through https.</span>
    </p>
  )
}
