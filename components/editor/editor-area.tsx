'use client'

import dynamic from 'next/dynamic'
import type { EditorAreaProps } from './editor-props.ts'

/** Monaco needs `window` while its modules load, so the editor exists in the browser only. */
const EditorPane = dynamic(() => import('./editor-pane.tsx').then(({ EditorPane: pane }) => pane), {
  ssr: false,
  loading: () => <div className="editor-loading" role="status" aria-label="Loading the editor" />,
})

/** The code editor of a session with the assistant's live hunks and the review bar. Fills its positioned parent. */
export function EditorArea(props: EditorAreaProps) {
  return <EditorPane {...props} />
}
