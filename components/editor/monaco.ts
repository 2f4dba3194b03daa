import { loader } from '@monaco-editor/react'
import * as editorApi from 'monaco-editor/editor'
import 'monaco-editor/features/register.all'
import 'monaco-editor/languages/definitions/register.all'
import { css, html, json, typescript } from 'monaco-editor/languages/features/register.all'
import { defineThemes } from './editor-themes.ts'
import { setUpTypeScript } from './type-script-set-up.ts'

/**
 * The one Monaco of the page, bundled from the package with its workers. It must be imported before the first editor is
 * made: without `getWorker` the bundler's own guess dies silently, and the loader would fetch another Monaco from a CDN.
 */
export const monaco = { ...editorApi, css, html, json, typescript }
export type Monaco = typeof monaco

const module = { type: 'module' } as const

self.MonacoEnvironment = {
  getWorker(_id: string, label: string) {
    switch (label) {
      case 'typescript':
      case 'javascript':
        return new Worker(new URL('monaco-editor/languages/features/typescript/ts.worker.js', import.meta.url), module)
      case 'json':
        return new Worker(new URL('monaco-editor/languages/features/json/json.worker.js', import.meta.url), module)
      case 'css':
      case 'scss':
      case 'less':
        return new Worker(new URL('monaco-editor/languages/features/css/css.worker.js', import.meta.url), module)
      case 'html':
      case 'handlebars':
      case 'razor':
        return new Worker(new URL('monaco-editor/languages/features/html/html.worker.js', import.meta.url), module)
      default:
        return new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), module)
    }
  },
}

loader.config({ monaco })
defineThemes(monaco)
setUpTypeScript(monaco)
