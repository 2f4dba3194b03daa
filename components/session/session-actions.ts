import type { Command, Payload, Reply } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'
import type { reviewCommands } from '#protocol/review-commands.ts'
import type { ChatActions } from './chat-actions.ts'
import type { treeCommands } from '#protocol/tree-commands.ts'
import type { TreeChange } from '#protocol/tree.ts'
import type { Connection } from './connection.ts'
import type { SessionEvent } from './session-state.ts'
import { sharingActions, type SharingActions } from './sharing-actions.ts'

type Answer<C extends Command> = Promise<Result<Reply<C>>>
export type ReviewCommand = keyof typeof reviewCommands

/** What a person can ask of the session. Nothing throws: a refusal is a result, and so is a lost connection (`unavailable`). */
export type SessionActions = ChatActions &
  SharingActions & {
    startTurn(prompt: Payload<'turn.start'>): Answer<'turn.start'>
    stopTurn(turnId: string): Answer<'turn.stop'>
    moveTurn(turnId: string, place: { before: string } | { after: string }): Answer<'turn.move'>
    removeTurn(turnId: string): Answer<'turn.remove'>
    askAgain(turnId: string, how: 'retry' | 'continue'): Answer<'turn.again'>
    inlineEdit(edit: Payload<'turn.inline'>): Answer<'turn.inline'>
    decideHunks(hunkIds: string[], decision: Payload<'hunks.decide'>['decision']): Answer<'hunks.decide'>
    applyProposal(hunkId: string, candidate: number): Answer<'hunks.apply'>
    restoreCheckpoint(turnId: string, what: { files: boolean; chat: boolean }): Answer<'checkpoint.restore'>
    createFile(path: string): Answer<'file.create'>
    duplicateFile(fileId: string): Answer<'file.duplicate'>
    renameFile(fileId: string, path: string): Answer<'file.rename'>
    deleteFile(fileId: string): Answer<'file.delete'>
    createFolder(path: string): Answer<'folder.create'>
    renameFolder(from: string, to: string): Answer<'folder.rename'>
    deleteFolder(path: string): Answer<'folder.delete'>
    /** Asks everyone else to look at where this tab is. */
    gather(): Answer<'presence.gather'>
    renameSession(name: string): Answer<'session.rename'>
    chooseModel(backendId: string, model: string): Answer<'session.choose-model'>
    /** Takes a zip out of what the files are compared with. */
    removeBase(baseId: string): Answer<'base.remove'>
    /** What the review of a session is asked for, by the names of its commands. */
    review<C extends ReviewCommand>(command: C, payload: Payload<C>): Answer<C>
    /** Tries a lost or refused connection again, now. */
    reconnect(): void
  }

/** Replies that change the tree are folded at once, so that who asked for a file finds it in the state. */
export function createActions(connection: Connection, fold: (event: SessionEvent) => void, chat: ChatActions): SessionActions {
  async function changeTree<C extends keyof typeof treeCommands>(command: C, payload: Payload<C>): Answer<C> {
    const answer = await connection.request(command, payload)
    if (answer.ok) fold({ type: 'tree.changed', change: answer.value as TreeChange })
    return answer
  }
  return {
    ...chat,
    startTurn: (prompt) => connection.request('turn.start', prompt),
    stopTurn: (turnId) => connection.request('turn.stop', { turnId }),
    moveTurn: (turnId, place) => connection.request('turn.move', { turnId, ...place }),
    removeTurn: (turnId) => connection.request('turn.remove', { turnId }),
    askAgain: (turnId, how) => connection.request('turn.again', { turnId, how }),
    inlineEdit: (edit) => connection.request('turn.inline', edit),
    decideHunks: (hunkIds, decision) => connection.request('hunks.decide', { hunkIds, decision }),
    applyProposal: (hunkId, candidate) => connection.request('hunks.apply', { hunkId, candidate }),
    restoreCheckpoint: (turnId, what) => connection.request('checkpoint.restore', { turnId, ...what }),
    createFile: (path) => changeTree('file.create', { path }),
    duplicateFile: (fileId) => changeTree('file.duplicate', { fileId }),
    renameFile: (fileId, path) => changeTree('file.rename', { fileId, path }),
    deleteFile: (fileId) => changeTree('file.delete', { fileId }),
    createFolder: (path) => changeTree('folder.create', { path }),
    renameFolder: (from, to) => changeTree('folder.rename', { from, to }),
    deleteFolder: (path) => changeTree('folder.delete', { path }),
    gather: () => connection.request('presence.gather', {}),
    renameSession: (name) => connection.request('session.rename', { name }),
    chooseModel: (backendId, model) => connection.request('session.choose-model', { backendId, model }),
    removeBase: (baseId) => connection.request('base.remove', { baseId }),
    review: (command, payload) => connection.request(command, payload),
    reconnect: () => connection.open(),
    ...sharingActions(connection),
  }
}
