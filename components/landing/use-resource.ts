'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallFailure, CallResult } from '#session/http-call.ts'

export type Resource<Value> =
  | { status: 'loading' }
  | { status: 'ready'; value: Value }
  | { status: 'failed'; code: CallFailure }

/** Loads once when mounted, and again on `reload`. What is shown stays until the new answer is there. */
export function useResource<Value>(load: () => Promise<CallResult<Value>>): {
  resource: Resource<Value>
  reload(): Promise<void>
} {
  const [resource, setResource] = useState<Resource<Value>>({ status: 'loading' })
  const newest = useRef(0)
  const reload = useCallback(async () => {
    const call = ++newest.current
    const result = await load()
    if (call !== newest.current) return
    setResource(result.ok ? { status: 'ready', value: result.value } : { status: 'failed', code: result.code })
  }, [load])
  useEffect(() => {
    const calls = newest
    void reload()
    return () => {
      calls.current++
    }
  }, [reload])
  return { resource, reload }
}
