import type { CodeEditor } from './hunk-decorations.ts'
import { monaco } from './monaco.ts'

/** What Escape closes first. */
const nothingElseOpen =
  'editorTextFocus && !suggestWidgetVisible && !findWidgetVisible && !parameterHintsVisible && !renameInputVisible && !inSnippetMode && !editorHasSelection && !editorHasMultipleSelections'

/** Monaco's own chords begin with Ctrl+K too; ours is newer and wins. Returns its undo. */
export function inlineEditCommands(
  editor: CodeEditor,
  { isPrompting, start, escape }: { isPrompting: boolean; start(): void; escape(): void },
): () => void {
  const { KeyCode, KeyMod } = monaco
  const actions = [
    editor.addAction({
      id: 'flint.inlineEdit',
      label: 'Edit with the assistant…',
      keybindings: [KeyMod.CtrlCmd | KeyCode.KeyK],
      contextMenuGroupId: '1_modification',
      contextMenuOrder: 1,
      run: start,
    }),
    ...(isPrompting
      ? [
          editor.addAction({
            id: 'flint.leaveInlineEdit',
            label: 'Stop or close the inline edit',
            keybindings: [KeyCode.Escape],
            precondition: nothingElseOpen,
            run: escape,
          }),
        ]
      : []),
  ]
  return () => {
    for (const action of actions) action.dispose()
  }
}
