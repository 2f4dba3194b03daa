import { useEffect, useEffectEvent } from 'react'
import type { ClientDocument } from '#session/client-document.ts'
import { useDocuments, useSessionStore } from '#session/session-provider.tsx'
import { newTextsOf } from './new-texts.ts'

/** A file is searched again when it has not changed for a moment. */
const changedMs = 500

/**
 * Tells which texts have changed or are new, some at a time and once the server has them, as long as it is used. `onChanged` says whether it took
 * them; otherwise they are told again.
 */
export function useChangedFiles(onChanged: (fileIds: string[], signal: AbortSignal) => boolean): void {
  const documents = useDocuments()
  const session = useSessionStore()
  const report = useEffectEvent(onChanged)
  useEffect(() => {
    const changed = new Set<string>()
    const stop = new AbortController()
    const watched = new Map<ClientDocument, () => void>()
    let timer: ReturnType<typeof setTimeout> | undefined
    // A document that is opened later, or is read anew, may hold what was typed since the search.
    let isFirst = true
    const tell = () => {
      const stored = [...changed].filter((fileId) => (documents.get(fileId)?.pending ?? 0) === 0)
      if (stored.length > 0 && report(stored, stop.signal)) for (const fileId of stored) changed.delete(fileId)
      if (changed.size > 0) tellLater()
    }
    const tellLater = () => {
      clearTimeout(timer)
      timer = setTimeout(tell, changedMs)
    }
    const watch = () => {
      for (const [document, unwatch] of watched) {
        if (documents.opened.get(document.fileId) === document) continue
        unwatch()
        watched.delete(document)
      }
      for (const [fileId, document] of documents.opened) {
        if (watched.has(document)) continue
        const note = () => {
          changed.add(fileId)
          tellLater()
        }
        document.text.observe(note)
        watched.set(document, () => document.text.unobserve(note))
        if (!isFirst) note()
      }
    }
    const newTexts = newTextsOf(session.read().files)
    const look = () => {
      const come = newTexts(session.read().files)
      for (const fileId of come) changed.add(fileId)
      if (come.length > 0) tellLater()
    }
    watch()
    isFirst = false
    const undo = [documents.subscribe(watch), session.subscribe(look)]
    return () => {
      for (const unsubscribe of undo) unsubscribe()
      clearTimeout(timer)
      stop.abort()
      for (const unwatch of watched.values()) unwatch()
    }
  }, [documents, session])
}
