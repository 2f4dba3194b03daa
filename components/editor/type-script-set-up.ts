import type { Monaco } from './monaco.ts'

/** TypeScript 5.9's values; the package's own enumerations end before them. */
const bundlerResolution: number = 100
const es2022: number = 9
const forceModules = 3

/**
 * One set of options for every session, as a bundler would take them. Monaco's own diagnostics are off: they know one model at
 * a time and run while the assistant writes; `TypeCheck` looks at the session as a whole.
 */
export function setUpTypeScript({ typescript }: Pick<Monaco, 'typescript'>) {
  for (const defaults of [typescript.typescriptDefaults, typescript.javascriptDefaults]) {
    defaults.setCompilerOptions({
      strict: true,
      target: es2022,
      module: typescript.ModuleKind.ESNext,
      moduleResolution: bundlerResolution,
      moduleDetection: forceModules, // a file without imports is a module too
      jsx: typescript.JsxEmit.ReactJSX,
      allowJs: true,
      allowImportingTsExtensions: true,
      allowSyntheticDefaultImports: true,
      esModuleInterop: true,
      isolatedModules: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      noEmit: true,
      allowNonTsExtensions: true,
    })
    defaults.setModeConfiguration({
      completionItems: true,
      hovers: true,
      documentSymbols: true,
      definitions: true,
      references: true,
      documentHighlights: true,
      rename: true,
      diagnostics: false,
      documentRangeFormattingEdits: true,
      signatureHelp: true,
      onTypeFormattingEdits: false,
      codeActions: true,
      inlayHints: false,
    })
    defaults.setEagerModelSync(true)
  }
}
