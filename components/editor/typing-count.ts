import type { CodeEditor } from './hunk-decorations.ts'

/** Counts the keys with which a person writes or moves the cursor in an editor: whoever goes on typing keeps cursor and view. */
export class TypingCount {
  value = 0
  private readonly stop: { dispose(): void }

  constructor(editor: CodeEditor) {
    this.stop = editor.onKeyDown(({ browserEvent }) => {
      if (isTyping(browserEvent)) this.value += 1
    })
  }

  close() {
    this.stop.dispose()
  }
}

/** Commands of the review are combinations, and do not count. */
function isTyping({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && !['Shift', 'Control', 'Alt', 'Meta', 'Escape'].includes(key)
}
