'use client'

import { useRef, useState } from 'react'
import { hunksOfTurn } from '#session/hunks-of-turn.ts'
import { useDocuments, useSession, useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { anchoredLines, selectionOf } from '#session/target-lines.ts'
import { inlineEditPhase, type InlineEditPhase } from './inline-edit-phase.ts'
import { inlineRefusalWording } from './inline-edit-wording.ts'
import type { InlineEditSubject } from './inline-edit-subject.ts'

export type InlineTurn = {
  turnId: string | undefined
  phase: InlineEditPhase
  /** Why the last command was refused. */
  refusal: string | undefined
  ask(prompt: string): void
  stop(): void
  decide(decision: 'accept' | 'reject'): void
}

/** The turns of one prompt, of which only the newest counts. */
export function useInlineTurn({ fileId, text, anchors }: InlineEditSubject): InlineTurn {
  const actions = useSessionActions()
  const documents = useDocuments()
  const store = useSessionStore()
  const [asking, setAsking] = useState(false)
  const stopWanted = useRef(false)
  const [turnId, setTurnId] = useState<string | undefined>(undefined)
  const [refusal, setRefusal] = useState<string | undefined>(undefined)
  const turn = useSession(({ turns }) => turns.find((one) => one.turnId === turnId))
  const hunks = useSession((state) => (turnId === undefined ? none : hunksOfTurn(state.hunks, turnId)))
  const phase = inlineEditPhase(asking || (turnId !== undefined && turn === undefined) ? 'asked' : turn, hunks)

  /** The server resolves positions in what it has stored. */
  const stored = () =>
    new Promise<void>((resolve) => {
      const isOver = () => (documents.get(fileId)?.pending ?? 0) === 0 || store.read().connection.status !== 'online'
      if (isOver()) return resolve()
      const stop = store.subscribe(() => {
        if (!isOver()) return
        stop()
        resolve()
      })
    })

  const ask = async (prompt: string) => {
    stopWanted.current = false
    setAsking(true)
    setRefusal(undefined)
    await stored()
    const lines = anchoredLines(text, anchors)
    const answer =
      lines === undefined
        ? ({ ok: false, error: { code: 'not_found' } } as const)
        : await actions.inlineEdit({ fileId, prompt, ...selectionOf(text, lines) })
    setAsking(false)
    if (answer.ok) {
      setTurnId(answer.value.turnId)
      if (stopWanted.current) void actions.stopTurn(answer.value.turnId)
    } else setRefusal(inlineRefusalWording(answer.error))
  }

  const decide = async (decision: 'accept' | 'reject') => {
    if (phase.kind !== 'review') return
    setRefusal(undefined)
    const answer = await actions.decideHunks(phase.hunkIds, decision)
    if (!answer.ok) setRefusal(inlineRefusalWording(answer.error))
  }

  return {
    turnId,
    phase,
    refusal,
    ask: (prompt) => void ask(prompt),
    stop: () => {
      if (asking) stopWanted.current = true
      else if (turnId !== undefined) void actions.stopTurn(turnId)
    },
    decide: (decision) => void decide(decision),
  }
}

const none: never[] = []
