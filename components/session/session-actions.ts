import type { Command, Payload, Reply } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Connection } from './connection.ts'
import type { SessionEvent } from './session-state.ts'

type Answer<C extends Command> = Promise<Result<Reply<C>>>

/** What a person can ask of the session. Nothing throws: a refusal is a result, and so is a lost connection (`unavailable`). */
export type SessionActions = {
  startTurn(prompt: Payload<'turn.start'>): Answer<'turn.start'>
  stopTurn(turnId: string): Answer<'turn.stop'>
  askAgain(turnId: string, how: 'retry' | 'continue'): Answer<'turn.again'>
  inlineEdit(edit: Payload<'turn.inline'>): Answer<'turn.inline'>
  decideHunks(hunkIds: string[], decision: Payload<'hunks.decide'>['decision']): Answer<'hunks.decide'>
  applyProposal(hunkId: string, candidate: number): Answer<'hunks.apply'>
  restoreCheckpoint(turnId: string, what: { files: boolean; chat: boolean }): Answer<'checkpoint.restore'>
  createFile(path: string): Answer<'file.create'>
  renameFile(fileId: string, path: string): Answer<'file.rename'>
  deleteFile(fileId: string): Answer<'file.delete'>
  renameFolder(from: string, to: string): Answer<'folder.rename'>
  deleteFolder(path: string): Answer<'folder.delete'>
  renameSession(name: string): Answer<'session.rename'>
  chooseModel(backendId: string, model: string): Answer<'session.choose-model'>
  /** Tries a lost or refused connection again, now. */
  reconnect(): void
}

/** Replies that change the tree are folded at once, so that who asked for a file finds it in the state. */
export function createActions(connection: Connection, fold: (event: SessionEvent) => void): SessionActions {
  const treeChanged = (changed: FileNode[], removed: string[] = []) => fold({ type: 'tree.changed', changed, removed })
  return {
    startTurn: (prompt) => connection.request('turn.start', prompt),
    stopTurn: (turnId) => connection.request('turn.stop', { turnId }),
    askAgain: (turnId, how) => connection.request('turn.again', { turnId, how }),
    inlineEdit: (edit) => connection.request('turn.inline', edit),
    decideHunks: (hunkIds, decision) => connection.request('hunks.decide', { hunkIds, decision }),
    applyProposal: (hunkId, candidate) => connection.request('hunks.apply', { hunkId, candidate }),
    restoreCheckpoint: (turnId, what) => connection.request('checkpoint.restore', { turnId, ...what }),
    async createFile(path) {
      const answer = await connection.request('file.create', { path })
      if (answer.ok) treeChanged([answer.value])
      return answer
    },
    async renameFile(fileId, path) {
      const answer = await connection.request('file.rename', { fileId, path })
      if (answer.ok) treeChanged([answer.value])
      return answer
    },
    async deleteFile(fileId) {
      const answer = await connection.request('file.delete', { fileId })
      if (answer.ok) treeChanged([], [fileId])
      return answer
    },
    async renameFolder(from, to) {
      const answer = await connection.request('folder.rename', { from, to })
      if (answer.ok) treeChanged(answer.value.files)
      return answer
    },
    async deleteFolder(path) {
      const answer = await connection.request('folder.delete', { path })
      if (answer.ok) treeChanged([], answer.value.fileIds)
      return answer
    },
    renameSession: (name) => connection.request('session.rename', { name }),
    chooseModel: (backendId, model) => connection.request('session.choose-model', { backendId, model }),
    reconnect: () => connection.open(),
  }
}
