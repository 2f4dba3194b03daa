'use client'

import type { CreatedSession, SkippedFile } from '#protocol/http.ts'
import { limits } from '#protocol/limits.ts'
import { useCallback, useRef, useState } from 'react'
import type { CallFailure } from '#session/http-call.ts'
import { importSession } from './api.ts'
import { pickFiles, readDrop, type Picked } from './dropped-files.ts'
import { zipFiles } from './zip-files.ts'

export type ImportFailure = CallFailure | 'unreadable'

export type ImportState =
  | { phase: 'idle' }
  | { phase: 'reading'; files: number }
  | { phase: 'packing' | 'sending'; name: string; files?: number }
  | { phase: 'report'; created: CreatedSession; skipped: SkippedFile[] }
  | { phase: 'failed'; code: ImportFailure }

type Reader = (progress: { signal: AbortSignal; onFile(files: number): void }) => Promise<Picked>

/** An import from a drop or a file input to a new session. `onReady` is called at once where nothing was left out. */
export function useImport(onReady: (sessionId: string) => void) {
  const [state, setState] = useState<ImportState>({ phase: 'idle' })
  const running = useRef<AbortController | undefined>(undefined)

  const run = useCallback(
    async (read: Reader) => {
      if (running.current) return
      const controller = new AbortController()
      running.current = controller
      setState({ phase: 'reading', files: 0 })
      try {
        const outcome = await importPicked(read, controller.signal, setState)
        if (outcome.phase === 'report' && outcome.skipped.length === 0) onReady(outcome.created.sessionId)
        else setState(outcome)
      } finally {
        running.current = undefined
      }
    },
    [onReady],
  )

  return {
    state,
    importDrop: useCallback((items: DataTransferItemList) => void run((progress) => readDrop(items, progress)), [run]),
    importFiles: useCallback((files: File[]) => void run((progress) => pickFiles(files, progress)), [run]),
    /** Stops a running import, or puts a report or failure away. */
    dismiss: useCallback(() => {
      running.current?.abort()
      setState({ phase: 'idle' })
    }, []),
  }
}

type Ended = Extract<ImportState, { phase: 'idle' | 'report' | 'failed' }>

async function importPicked(read: Reader, signal: AbortSignal, show: (state: ImportState) => void): Promise<Ended> {
  const picked = await read({ signal, onFile: (files) => files % 25 === 0 && show({ phase: 'reading', files }) })
  if (picked.type === 'stopped') return { phase: 'idle' }
  if (picked.type === 'refused') return { phase: 'failed', code: picked.reason }
  const name = picked.name.slice(0, limits.nameLength).trim() || 'Imported files'
  let zip: Blob
  if (picked.type === 'zip') {
    zip = picked.file
  } else {
    show({ phase: 'packing', name, files: picked.files.length })
    try {
      zip = await zipFiles(picked.files, signal)
    } catch {
      return signal.aborted ? { phase: 'idle' } : { phase: 'failed', code: 'unreadable' }
    }
  }
  if (zip.size > limits.importBytes) return { phase: 'failed', code: 'too_large' }
  show({ phase: 'sending', name })
  const result = await importSession({ name, zip, keepFolder: picked.type === 'files' }, signal)
  if (!result.ok) return result.code === 'aborted' ? { phase: 'idle' } : { phase: 'failed', code: result.code }
  const skipped = [...(picked.type === 'files' ? picked.plan.skipped : []), ...result.value.skipped]
  return { phase: 'report', created: result.value, skipped }
}
