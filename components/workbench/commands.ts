type CommandEntry = {
  id: string
  title: string
  group: 'Go' | 'Files' | 'Review' | 'Assistant' | 'People' | 'View' | 'Edit' | 'Session'
  /** Combinations as `matchesKeys` reads them; the first one is shown. VS Code's, unless the browser keeps those for itself. */
  keys?: readonly string[]
  /** On a Mac, where they differ. */
  macKeys?: readonly string[]
  /** The editor handles the keys itself while it has the focus; the workbench only shows them. */
  inEditor?: true
}

/** Every command of the workbench, as the palette, the shortcuts dialog and the keyboard know it. */
const commandTable = [
  { id: 'showCommands', title: 'Show all commands', group: 'Go', keys: ['F1', 'Mod+Shift+P'] },
  { id: 'goToFile', title: 'Go to file…', group: 'Go', keys: ['Mod+P'] },
  { id: 'goToLine', title: 'Go to line…', group: 'Go', keys: ['Ctrl+G'], inEditor: true },
  { id: 'goToSymbol', title: 'Go to symbol…', group: 'Go', keys: ['Mod+Shift+O'], inEditor: true },
  { id: 'nextProblem', title: 'Go to the next problem', group: 'Go', keys: ['Alt+F8'], inEditor: true },
  { id: 'nextTab', title: 'Next tab', group: 'Go', keys: ['Alt+PageDown'], macKeys: ['Mod+Alt+ArrowRight'] },
  { id: 'previousTab', title: 'Previous tab', group: 'Go', keys: ['Alt+PageUp'], macKeys: ['Mod+Alt+ArrowLeft'] },
  { id: 'focusEditor', title: 'Focus the editor', group: 'Go', keys: ['Mod+1'] },

  { id: 'newFile', title: 'New file…', group: 'Files', keys: ['Mod+Alt+N'] },
  { id: 'newFolder', title: 'New folder…', group: 'Files' },
  { id: 'moveFile', title: 'Move the active file or folder to…', group: 'Files' },
  { id: 'addFiles', title: 'Add files or a zip…', group: 'Files' },
  { id: 'addFolder', title: 'Add a folder…', group: 'Files' },
  { id: 'downloadFile', title: 'Download this file', group: 'Files' },
  { id: 'downloadZip', title: 'Download all files as a zip', group: 'Files' },
  { id: 'exportPatch', title: 'Export the changes as a patch…', group: 'Files' },
  { id: 'closeTab', title: 'Close tab', group: 'Files', keys: ['Alt+W'] },
  { id: 'closeOtherTabs', title: 'Close other tabs', group: 'Files' },
  { id: 'reopenTab', title: 'Reopen closed tab', group: 'Files', keys: ['Alt+Shift+W'] },
  { id: 'save', title: 'Save', group: 'Files', keys: ['Mod+S'] },

  { id: 'find', title: 'Find in this file', group: 'Edit', keys: ['Mod+F'], inEditor: true },
  { id: 'replace', title: 'Replace in this file', group: 'Edit', keys: ['Mod+H'], macKeys: ['Mod+Alt+F'], inEditor: true },
  { id: 'searchFiles', title: 'Search in all files', group: 'Edit', keys: ['Mod+Shift+F'] },
  { id: 'replaceInFiles', title: 'Replace in all files', group: 'Edit', keys: ['Mod+Shift+H'] },
  { id: 'format', title: 'Format this file', group: 'Edit', keys: ['Shift+Alt+F'], inEditor: true },
  { id: 'renameSymbol', title: 'Rename symbol', group: 'Edit', keys: ['F2'], inEditor: true },
  { id: 'toggleComment', title: 'Toggle line comment', group: 'Edit', keys: ['Mod+/'], inEditor: true },

  { id: 'focusChat', title: 'Ask the assistant', group: 'Assistant', keys: ['Mod+L', 'Mod+Alt+I'] },
  { id: 'writeToPeople', title: 'Write to the people', group: 'Session', keys: ['Mod+Alt+M'] },
  { id: 'inlineEdit', title: 'Edit with the assistant…', group: 'Assistant', keys: ['Mod+K'], inEditor: true },
  { id: 'stopTurn', title: 'Stop the assistant', group: 'Assistant' },
  { id: 'toggleFollow', title: 'Follow or stop following the assistant', group: 'Assistant' },
  { id: 'chooseModel', title: 'Choose the model…', group: 'Assistant' },

  { id: 'showChanges', title: 'Show the changes', group: 'Review', keys: ['Mod+Shift+G'] },
  { id: 'showThreads', title: 'Show the review threads', group: 'Review', keys: ['Mod+Alt+R'] },
  { id: 'comment', title: 'Comment on these lines…', group: 'Review', keys: ['Mod+Alt+C'], inEditor: true },
  { id: 'nextThread', title: 'Next thread', group: 'Review', keys: ['Alt+F9'] },
  { id: 'previousThread', title: 'Previous thread', group: 'Review', keys: ['Shift+Alt+F9'] },
  { id: 'askReview', title: 'Ask the assistant to review this file', group: 'Review' },
  { id: 'submitReview', title: 'Submit the review…', group: 'Review' },
  { id: 'compareStart', title: 'Compare with the start of the session', group: 'Review' },
  { id: 'compareTurn', title: 'Compare with before the latest turn', group: 'Review' },
  { id: 'acceptHunk', title: 'Accept this hunk', group: 'Review', keys: ['Mod+Enter'], inEditor: true },
  { id: 'rejectHunk', title: 'Reject this hunk', group: 'Review', keys: ['Mod+Shift+Backspace'], inEditor: true },
  { id: 'nextHunk', title: 'Next hunk', group: 'Review', keys: ['Alt+F5'], inEditor: true },
  { id: 'previousHunk', title: 'Previous hunk', group: 'Review', keys: ['Shift+Alt+F5'], inEditor: true },
  { id: 'acceptFile', title: 'Accept all hunks in this file', group: 'Review', keys: ['Shift+Alt+Enter'] },
  { id: 'rejectFile', title: 'Reject all hunks in this file', group: 'Review', keys: ['Shift+Alt+Backspace'] },
  { id: 'acceptTurn', title: 'Accept all hunks of this turn', group: 'Review', keys: ['Mod+Alt+Enter'] },
  { id: 'rejectTurn', title: 'Reject all hunks of this turn', group: 'Review', keys: ['Mod+Alt+Backspace'] },
  { id: 'undoReject', title: 'Bring back what was rejected last', group: 'Review' },
  { id: 'acceptAll', title: 'Accept all hunks', group: 'Review' },

  { id: 'showPeople', title: 'Show the people', group: 'People', keys: ['Mod+Alt+P'] },
  { id: 'followNext', title: 'Follow the next person', group: 'People' },
  { id: 'stopFollowing', title: 'Stop following', group: 'People', keys: ['Escape'], inEditor: true },
  { id: 'gather', title: 'Bring everyone to me', group: 'People' },

  { id: 'toggleSide', title: 'Show or hide the side panel', group: 'View', keys: ['Mod+B'] },
  { id: 'showFiles', title: 'Show the files', group: 'View', keys: ['Mod+Shift+E'] },
  { id: 'toggleChat', title: 'Show or hide the chat', group: 'View', keys: ['Mod+Alt+B'] },
  { id: 'toggleTheme', title: 'Switch between dark and light', group: 'View' },
  { id: 'collapseFolders', title: 'Collapse all folders', group: 'View' },
  { id: 'showShortcuts', title: 'Keyboard shortcuts', group: 'View' },

  { id: 'shareSession', title: 'Share the session, people and roles…', group: 'Session' },
  { id: 'renameSession', title: 'Rename the session', group: 'Session' },
  { id: 'showCopies', title: 'Show copies of edits that could not be stored', group: 'Session' },
  { id: 'allSessions', title: 'All sessions', group: 'Session' },
] as const satisfies readonly CommandEntry[]

export type CommandId = (typeof commandTable)[number]['id']
export type CommandRunners = Record<CommandId, () => void>

/** The combinations of a command on this platform. */
export function keysOf(entry: CommandEntry, mac: boolean): readonly string[] {
  return (mac ? entry.macKeys : undefined) ?? entry.keys ?? []
}

export const commandEntries: readonly (CommandEntry & { id: CommandId })[] = commandTable
