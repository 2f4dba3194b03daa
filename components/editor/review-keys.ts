import { isMac } from '#ui/key-combination.ts'

const mac = typeof navigator !== 'undefined' && isMac(navigator.platform)

/** The editor's own review keys, as people read them. Accept and reject work while the cursor stands in a change. */
export const reviewKeys = {
  accept: { shown: mac ? '⌘↵' : 'Ctrl+↵' },
  reject: { shown: mac ? '⇧⌘⌫' : 'Ctrl+Shift+⌫' },
  acceptFile: { shown: mac ? '⇧⌥↵' : 'Shift+Alt+↵' },
  rejectFile: { shown: mac ? '⇧⌥⌫' : 'Shift+Alt+⌫' },
  acceptTurn: { shown: mac ? '⌥⌘↵' : 'Ctrl+Alt+↵' },
  rejectTurn: { shown: mac ? '⌥⌘⌫' : 'Ctrl+Alt+⌫' },
  next: { shown: mac ? '⌥F5' : 'Alt+F5' },
  previous: { shown: mac ? '⇧⌥F5' : 'Shift+Alt+F5' },
} as const
