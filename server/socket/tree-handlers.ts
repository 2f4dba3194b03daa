import type { treeCommands } from '#protocol/tree-commands.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Handlers } from './connection.ts'

/** What people ask of the tree. */
export function treeHandlers(sessions: Sessions): Pick<Handlers, keyof typeof treeCommands> {
  return {
    'file.create': async ({ sessionId }, { path }) => sessions.changeTree(sessionId, { type: 'createFile', path }),
    'file.rename': async ({ sessionId }, { fileId, path }) =>
      sessions.changeTree(sessionId, { type: 'renameFile', fileId, path }),
    'file.delete': async ({ sessionId }, { fileId }) => sessions.changeTree(sessionId, { type: 'deleteFile', fileId }),
    'file.duplicate': async ({ sessionId }, { fileId }) => sessions.changeTree(sessionId, { type: 'duplicateFile', fileId }),
    'folder.create': async ({ sessionId }, { path }) => sessions.changeTree(sessionId, { type: 'createFolder', path }),
    'folder.rename': async ({ sessionId }, { from, to }) => sessions.changeTree(sessionId, { type: 'renameFolder', from, to }),
    'folder.delete': async ({ sessionId }, { path }) => sessions.changeTree(sessionId, { type: 'deleteFolder', path }),
  }
}
