import type * as Y from 'yjs'
import type { ClientDocuments } from './client-documents.ts'
import { systemClock, type Clock } from './clock.ts'

/** While people type, what is read of a text moves no more often than this. */
const intervalMs = 300

/**
 * Reads something of a file's text: at once, when its document is opened or let go of, and as the text changes. `text` is undefined
 * while this tab does not have the document open. Returns its undo.
 */
export function followText(
  documents: Pick<ClientDocuments, 'get' | 'subscribe'>,
  fileId: string,
  read: (text: Y.Text | undefined) => void,
  clock: Clock = systemClock,
): () => void {
  let followed: Y.Text | undefined
  let cancel: (() => void) | undefined
  const now = () => {
    cancel?.()
    cancel = undefined
    read(followed)
  }
  const soon = () => {
    cancel ??= clock.after(intervalMs, now)
  }
  const follow = () => {
    const document = documents.get(fileId)
    const text = document?.status.state === 'open' ? document.text : undefined
    if (text === followed) return
    followed?.unobserve(soon)
    text?.observe(soon)
    followed = text
    now()
  }
  const stop = documents.subscribe(follow)
  follow()
  if (followed === undefined) now()
  return () => {
    stop()
    followed?.unobserve(soon)
    cancel?.()
  }
}
