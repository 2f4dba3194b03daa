import type { CodeEditor } from './hunk-decorations.ts'
import type { monaco } from './monaco.ts'

type Options = Parameters<CodeEditor['updateOptions']>[0]

export const editorOptions = {
  automaticLayout: true,
  fontFamily: "'JetBrains Mono Variable', 'JetBrains Mono Fallback', ui-monospace, Menlo, Consolas, monospace",
  fontSize: 13,
  lineHeight: 20,
  fontLigatures: false,
  padding: { top: 6, bottom: 96 }, // the review bar never hides the last line
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  cursorSmoothCaretAnimation: 'off',
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  renderFinalNewline: 'on', // its dimmed number is too faint to read
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 16,
  folding: true,
  showFoldingControls: 'mouseover',
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  scrollbar: {
    verticalScrollbarSize: 10,
    horizontalScrollbarSize: 10,
    useShadows: false,
    // There is padding for it. A height that changes with the widest line in sight leaves the line numbers behind the lines.
    ignoreHorizontalScrollbarInContentHeight: true,
  },
  fixedOverflowWidgets: true,
  dropIntoEditor: { enabled: false },
  pasteAs: { enabled: false },
  unicodeHighlight: { ambiguousCharacters: false },
  unusualLineTerminators: 'off', // its fix would rewrite the whole text
  detectIndentation: false,
  accessibilitySupport: 'auto',
  ariaLabel: 'Code',
  largeFileOptimizations: true,
} satisfies Options

/** What the two sides of a comparison are called. */
export const sideNames = { originalAriaLabel: 'Before', modifiedAriaLabel: 'Now' }

/** Of a comparison, which is only read. */
export const compareOptions = {
  ...editorOptions,
  ...sideNames,
  padding: { top: 6, bottom: 24 },
  readOnly: true,
  originalEditable: false,
  folding: false,
  lineNumbersMinChars: 3,
  renderSideBySide: true,
  useInlineViewWhenSpaceIsLimited: true,
  renderSideBySideInlineBreakpoint: 560,
  hideUnchangedRegions: { enabled: true },
  ignoreTrimWhitespace: false,
  renderMarginRevertIcon: false,
  renderGutterMenu: false,
  renderOverviewRuler: false,
} satisfies Parameters<typeof monaco.editor.createDiffEditor>[1]

/** What is dear per change: switched off while the assistant writes, on again when it is done. */
const calm: Options = {
  stickyScroll: { enabled: true },
  codeLens: true,
  guides: { indentation: true, bracketPairs: false, highlightActiveIndentation: true },
  occurrencesHighlight: 'singleFile',
  wordBasedSuggestions: 'currentDocument',
  // Enter always breaks the line: with several writers in a file the words that are offered change under one's hands.
  acceptSuggestionOnEnter: 'off',
  links: true,
  matchBrackets: 'always',
  selectionHighlight: true,
}
const streaming: Options = {
  stickyScroll: { enabled: false },
  codeLens: false,
  guides: { indentation: false, bracketPairs: false, highlightActiveIndentation: false },
  occurrencesHighlight: 'off',
  wordBasedSuggestions: 'off',
  links: false,
  matchBrackets: 'never',
  selectionHighlight: false,
}

export function optionsWhile(isStreaming: boolean): Options {
  return isStreaming ? streaming : calm
}
