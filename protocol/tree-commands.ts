import { z } from 'zod'
import { command, id, path } from './command.ts'
import type { TreeChange } from './tree.ts'

/** What people ask of the tree. Each is answered by the change that it made, as `tree.changed` tells it to everyone. */
export const treeCommands = {
  'file.create': command('editor', z.strictObject({ path })).replies<TreeChange>(),
  /** Renames and moves; upper and lower case may change alone. */
  'file.rename': command('editor', z.strictObject({ fileId: id, path })).replies<TreeChange>(),
  'file.delete': command('editor', z.strictObject({ fileId: id })).replies<TreeChange>(),
  /** A copy of the file as it is now, beside it, under a name that is free. */
  'file.duplicate': command('editor', z.strictObject({ fileId: id })).replies<TreeChange>(),
  'folder.create': command('editor', z.strictObject({ path })).replies<TreeChange>(),
  'folder.rename': command('editor', z.strictObject({ from: path, to: path })).replies<TreeChange>(),
  'folder.delete': command('editor', z.strictObject({ path })).replies<TreeChange>(),
} as const
