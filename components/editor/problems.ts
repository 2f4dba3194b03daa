import { useSyncExternalStore } from 'react'

export type Problem = {
  path: string
  line: number
  column: number
  message: string
  severity: 'error' | 'warning'
}

export type Problems = { errors: number; warnings: number; list: readonly Problem[] }

const none: Problems = { errors: 0, warnings: 0, list: [] }

/** Problems of the session's files as the language services see them. Filled by the editor, which loads later than the page. */
class ProblemBoard {
  private problems = none
  private readonly listeners = new Set<() => void>()

  read = () => this.problems

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  post(list: Problem[]) {
    const errors = list.filter(({ severity }) => severity === 'error').length
    this.problems = { errors, warnings: list.length - errors, list }
    for (const listener of this.listeners) listener()
  }
}

export const problemBoard = new ProblemBoard()

/** Errors and warnings in the session's files, in the order of their paths and lines. */
export function useProblems(): Problems {
  return useSyncExternalStore(problemBoard.subscribe, problemBoard.read, () => none)
}
