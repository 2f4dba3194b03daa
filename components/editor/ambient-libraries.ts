import { ambientNeeds } from './ambient-types.ts'
import { monaco } from './monaco.ts'

const declarationsPath = 'file:///flint/outside.d.ts'

/** Keeps the TypeScript service supplied with the types that the session's files need from outside. One for the page. */
export class AmbientLibraries {
  private declared = ''
  private react: Promise<void> | undefined
  private closed = false

  /** Looks at the files anew. What is missing is added, which makes the service look at everything again. */
  update(files: readonly { path: string; text: string }[]) {
    const needs = ambientNeeds(files)
    if (needs.react) this.react ??= this.loadReact()
    if (needs.declarations === this.declared) return
    this.declared = needs.declarations
    addLibrary(needs.declarations, declarationsPath)
  }

  close() {
    this.closed = true
  }

  private async loadReact() {
    try {
      const response = await fetch('/types/react.json')
      if (!response.ok) throw new Error(`types: ${response.status}`)
      const { files } = (await response.json()) as { files: Record<string, string> }
      if (this.closed) return
      for (const [path, text] of Object.entries(files)) addLibrary(text, path)
    } catch {
      this.react = undefined // tried again when the files change
    }
  }
}

function addLibrary(text: string, path: string) {
  monaco.typescript.typescriptDefaults.addExtraLib(text, path)
  monaco.typescript.javascriptDefaults.addExtraLib(text, path)
}
