import type { CodeEditor } from './hunk-decorations.ts'

type ViewState = NonNullable<ReturnType<CodeEditor['saveViewState']>>

/** Scroll position, cursors and folding of each file, kept while another one is shown. */
export class ViewStates {
  private readonly editor: CodeEditor
  private readonly states = new Map<string, ViewState>()

  constructor(editor: CodeEditor) {
    this.editor = editor
  }

  keep(fileId: string | undefined) {
    const state = fileId === undefined ? null : this.editor.saveViewState()
    if (fileId !== undefined && state !== null) this.states.set(fileId, state)
  }

  restore(fileId: string | undefined) {
    const state = fileId === undefined ? undefined : this.states.get(fileId)
    if (state !== undefined) this.editor.restoreViewState(state)
  }
}
