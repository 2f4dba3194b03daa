'use client'

import { useState, useSyncExternalStore } from 'react'
import type { Hunk } from '#protocol/hunks.ts'
import { toast } from '#ui/toast.tsx'
import { useDocuments, useSession, useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { redoableTurns } from '#session/redoable-turns.ts'
import { sameHunks } from '#session/same-hunks.ts'
import type { SessionState } from '#session/session-state.ts'
import type { EditorCore } from './editor-core.ts'
import { isDecidable, isOfFile, neighbour, reviewOrder, type ReviewEntry } from './review-order.ts'

export type Review = {
  order: ReviewEntry[]
  /** The hunk that accept and reject are about. */
  current: ReviewEntry | undefined
  fileCount: number
  inFile: ReviewEntry[]
  /** All of the current hunk's turn. */
  inTurn: ReviewEntry[]
  /** What was rejected last, as long as it can be brought back. */
  rejected: { hunkIds: string; count: number; undo(): void } | undefined
  /** A decision is on its way. */
  deciding: boolean
  decide(hunkId: string, decision: 'accept' | 'reject'): void
  decideCurrent(decision: 'accept' | 'reject'): void
  decideFile(decision: 'accept' | 'reject'): void
  decideTurn(decision: 'accept' | 'reject'): void
  acceptAll(): void
  rejectAll(): void
  go(step: 1 | -1): void
  /** From the keyboard: about the hunk that the cursor stands in, which has the controls with these keys beside it. */
  decideAtCursor(decision: 'accept' | 'reject'): void
  /** The person moved the cursor into the text. */
  leaveFile(): void
}

/** Review of the assistant's hunks over all files: which one is current, the way through them, deciding. */
export function useReview({
  core,
  fileId,
  atCursor,
  onOpenFile,
}: {
  core: EditorCore | null
  fileId: string | null
  atCursor: string | null
  onOpenFile(fileId: string): void
}): Review {
  const documents = useDocuments()
  const store = useSessionStore()
  const actions = useSessionActions()
  const [visited, setVisited] = useState<string | null>(null)
  /** A rename or deletion, as long as the review is at it: it has no place in the text that the cursor could stand in. */
  const [atFile, setAtFile] = useState<string | null>(null)
  const [deciding, setDeciding] = useState(false)
  const [rejected, setRejected] = useState<string[]>([])
  const hunks = useSession(decidableHunks, sameHunks)
  const files = useSession((state) => state.files)
  const opened = useSyncExternalStore(
    (notice) => documents.subscribe(notice),
    () => documents.opened,
    () => documents.opened,
  )

  const order = reviewOrder(hunks, files, opened)
  const known = (hunkId: string | null) => order.find((entry) => entry.hunkId === hunkId)
  const inFile = order.filter((entry) => entry.fileId === fileId)
  const redoable = useSession(({ hunks, turns }) => stillRejected(rejected, hunks, turns).join(' '))
  const visitedHere = inFile.find((entry) => entry.hunkId === visited)
  const ofFile = inFile.find((entry) => entry.hunkId === atFile)
  const current = ofFile ?? known(atCursor) ?? visitedHere ?? inFile[0] ?? known(visited) ?? order[0]

  const visit = (entry: ReviewEntry | undefined) => {
    if (entry === undefined) return
    setVisited(entry.hunkId)
    setAtFile(isOfFile(entry) ? entry.hunkId : null)
    core?.revealHunk(entry.hunkId)
    if (entry.fileId !== fileId) onOpenFile(entry.fileId)
  }

  const decide = async (hunkIds: string[], decision: 'accept' | 'reject' | 'redo') => {
    if (hunkIds.length === 0 || deciding) return false
    setDeciding(true)
    const answer = await actions.decideHunks(hunkIds, decision)
    setDeciding(false)
    if (answer.ok) {
      setRejected(decision === 'reject' ? answer.value.decided : [])
      return true
    }
    const lost = answer.error.code === 'unavailable'
    toast.error(lost ? 'Nothing was decided: the server does not answer' : 'Nothing was decided', {
      description: lost ? 'The hunks are as they were. Try again when you are connected.' : 'The hunks are as they were.',
    })
    return false
  }

  /** Who goes on typing while the decision is on its way keeps the cursor and the file. */
  const decideAndGo = async (hunkIds: string[], decision: 'accept' | 'reject', next: ReviewEntry | undefined) => {
    const typed = core?.typed
    if ((await decide(hunkIds, decision)) && core?.typed === typed) visit(next)
  }

  const decideEntry = ({ hunkId }: ReviewEntry, decision: 'accept' | 'reject') => {
    const next = order.length > 1 ? neighbour(order, hunkId, 1, null) : undefined
    void decideAndGo([hunkId], decision, next)
  }

  const decideCurrent = (decision: 'accept' | 'reject') => {
    // Nobody decides about a file that is not on screen: it is shown first.
    if (current !== undefined && current.fileId !== fileId) visit(current)
    else if (current !== undefined) decideEntry(current, decision)
  }

  const decideFile = (decision: 'accept' | 'reject') => {
    const last = order.findLastIndex((entry) => entry.fileId === fileId)
    const next = order[last + 1] ?? order.find((entry) => entry.fileId !== fileId)
    void decideAndGo(idsOf(inFile), decision, next)
  }

  const inTurn = order.filter((entry) => entry.turnId === current?.turnId)
  const decideTurn = (decision: 'accept' | 'reject') => {
    const next = order.find((entry) => entry.turnId !== current?.turnId)
    void decideAndGo(idsOf(inTurn), decision, next)
  }

  const go = (step: 1 | -1) => {
    const at = ofFile ?? known(atCursor)
    // Places move with what is written, and the cursor's place is compared with theirs.
    const now = reviewOrder(decidableHunks(store.read()), files, documents)
    visit(neighbour(now, at?.hunkId ?? null, step, core?.cursorOffset() ?? null))
  }

  return {
    order,
    current,
    fileCount: new Set(order.map((entry) => entry.fileId)).size,
    inFile,
    inTurn,
    rejected:
      redoable === ''
        ? undefined
        : {
            hunkIds: redoable,
            count: redoable.split(' ').length,
            undo: () => void decide(redoable.split(' '), 'redo'),
          },
    deciding,
    decide: (hunkId, decision) => void decide([hunkId], decision),
    decideCurrent,
    decideFile,
    decideTurn,
    acceptAll: () => void decide(idsOf(order), 'accept'),
    rejectAll: () => void decide(idsOf(order), 'reject'),
    go,
    decideAtCursor: (decision) => {
      const there = known(atCursor)
      if (there === undefined) decideCurrent(decision)
      else decideEntry(there, decision)
    },
    leaveFile: () => setAtFile(null),
  }
}

function stillRejected(hunkIds: readonly string[], hunks: SessionState['hunks'], turns: SessionState['turns']): string[] {
  if (hunkIds.length === 0) return []
  const redoable = redoableTurns(turns)
  return hunkIds.filter((hunkId) => hunks[hunkId]?.state === 'rejected' && redoable.has(hunks[hunkId].turnId))
}

function idsOf(entries: readonly ReviewEntry[]): string[] {
  return entries.map(({ hunkId }) => hunkId)
}

function decidableHunks({ hunks }: SessionState): Hunk[] {
  return Object.values(hunks).filter(isDecidable)
}
