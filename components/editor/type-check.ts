import { monaco } from './monaco.ts'
import { AmbientLibraries } from './ambient-libraries.ts'
import type { TextModel } from './file-model.ts'

const owner = 'types'
const quietMs = 600
const checked = /\.(tsx?|mts|cts|jsx?|mjs|cjs)$/i
const visibleToTypeScript = /\.(tsx?|mts|cts|jsx?|mjs|cjs|json)$/i

type Diagnostic = Awaited<ReturnType<Worker['getSemanticDiagnostics']>>[number]
type Worker = Awaited<ReturnType<Awaited<ReturnType<typeof monaco.typescript.getTypeScriptWorker>>>>

/**
 * Problems of all TypeScript and JavaScript models of a session, found anew when the texts have been quiet for a moment: a
 * change in one file makes and mends problems in others. Never while it is paused, because the assistant writes.
 */
export class TypeCheck {
  private readonly stops: Set<{ dispose(): void }>
  private readonly libraries = new AmbientLibraries()
  private timer: ReturnType<typeof setTimeout> | undefined
  private run = 0
  private paused = false
  private closed = false
  private first: TextModel | null = null

  constructor() {
    const { editor } = monaco
    this.stops = new Set([
      editor.onDidCreateModel((model) => this.watch(model)),
      editor.onWillDisposeModel(() => this.soon()),
      monaco.typescript.typescriptDefaults.onDidExtraLibsChange(() => this.soon()),
    ])
    for (const model of editor.getModels()) this.watch(model)
    this.soon()
  }

  /** The model that the person looks at is checked first. */
  show(model: TextModel | null) {
    this.first = model
  }

  pause(paused: boolean) {
    if (this.paused === paused) return
    this.paused = paused
    if (!paused) this.soon()
  }

  close() {
    this.closed = true
    this.libraries.close()
    clearTimeout(this.timer)
    for (const stop of this.stops) stop.dispose()
  }

  private watch(model: TextModel) {
    if (!visibleToTypeScript.test(model.uri.path)) return
    const stop = model.onDidChangeContent(() => this.soon())
    this.stops.add(stop)
    model.onWillDispose(() => {
      stop.dispose()
      this.stops.delete(stop)
    })
    this.soon()
  }

  private soon() {
    this.run += 1
    clearTimeout(this.timer)
    if (!this.closed && !this.paused) this.timer = setTimeout(() => void this.check(), quietMs)
  }

  private async check() {
    const run = this.run
    const models = monaco.editor.getModels().filter((model) => visibleToTypeScript.test(model.uri.path))
    const due = models.filter((model) => checked.test(model.uri.path))
    if (due.length === 0) return
    this.libraries.update(due.map((model) => ({ path: model.uri.path, text: model.getValue() })))
    const worker = await this.worker(models)
    if (worker === undefined) return this.soon()
    const order = due.toSorted((one, other) => Number(other === this.first) - Number(one === this.first))
    for (const model of order) {
      const diagnostics = await diagnose(worker, model)
      if (this.closed || this.run !== run) return
      if (diagnostics !== undefined)
        monaco.editor.setModelMarkers(
          model,
          owner,
          diagnostics.map((found) => markerOf(model, found)),
        )
    }
  }

  private async worker(models: TextModel[]): Promise<Worker | undefined> {
    try {
      const connect = await monaco.typescript.getTypeScriptWorker()
      return await connect(...models.map((model) => model.uri))
    } catch {
      return undefined // the first TypeScript model is still waking the language up
    }
  }
}

/** Undefined where the model went meanwhile: the worker then knows no such file. */
async function diagnose(worker: Worker, model: TextModel): Promise<Diagnostic[] | undefined> {
  const name = model.uri.toString()
  try {
    const parts = await Promise.all([
      worker.getSyntacticDiagnostics(name),
      worker.getSemanticDiagnostics(name),
      model.isAttachedToEditor() ? worker.getSuggestionDiagnostics(name) : [],
    ])
    return model.isDisposed() ? undefined : parts.flat()
  } catch (error) {
    if (model.isDisposed()) return undefined
    throw error
  }
}

/** TypeScript's categories, in its own numbering. */
const severities = [
  monaco.MarkerSeverity.Warning,
  monaco.MarkerSeverity.Error,
  monaco.MarkerSeverity.Hint,
  monaco.MarkerSeverity.Info,
] as const

function markerOf(model: TextModel, diagnostic: Diagnostic) {
  const start = model.getPositionAt(diagnostic.start ?? 0)
  const end = model.getPositionAt((diagnostic.start ?? 0) + (diagnostic.length ?? 1))
  return {
    severity: severities[diagnostic.category] ?? monaco.MarkerSeverity.Info,
    message: messageOf(diagnostic.messageText),
    code: String(diagnostic.code),
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
    tags: [
      ...(diagnostic.reportsUnnecessary ? [monaco.MarkerTag.Unnecessary] : []),
      ...(diagnostic.reportsDeprecated ? [monaco.MarkerTag.Deprecated] : []),
    ],
  }
}

type Message = Diagnostic['messageText']

function messageOf(message: Message, depth = 0): string {
  if (typeof message === 'string') return message
  const rest = (message.next ?? []).map((next) => messageOf(next, depth + 1))
  return [`${'  '.repeat(depth)}${message.messageText}`, ...rest].join('\n')
}
