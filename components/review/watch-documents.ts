import type { ClientDocument } from '#session/client-document.ts'
import type { ClientDocuments } from '#session/client-documents.ts'

/** Tells when a document of the tab is opened or its text changes: lines move with what people write. Returns its undo. */
export function watchDocuments(documents: ClientDocuments, notice: () => void): () => void {
  const watched = new Map<ClientDocument, () => void>()
  const follow = () => {
    const held = new Set(documents.all())
    for (const [document, stop] of watched) {
      if (held.has(document)) continue
      stop()
      watched.delete(document)
    }
    for (const document of held) {
      if (watched.has(document)) continue
      document.text.observe(notice)
      watched.set(document, () => document.text.unobserve(notice))
    }
    notice()
  }
  const stopList = documents.subscribe(follow)
  follow()
  return () => {
    stopList()
    for (const stop of watched.values()) stop()
  }
}
