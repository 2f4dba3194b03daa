'use client'

import dynamic from 'next/dynamic'
import type { CompareAreaProps } from './compare-props.ts'

/** Monaco needs `window` while its modules load, so the comparison exists in the browser only. */
const ComparePane = dynamic(() => import('./compare-pane.tsx').then(({ ComparePane: pane }) => pane), {
  ssr: false,
  loading: () => <div className="editor-loading" role="status" aria-label="Loading the comparison" />,
})

/** What differs between an earlier text of a file and its document as it is now. Fills its positioned parent. */
export function CompareArea(props: CompareAreaProps) {
  return <ComparePane {...props} />
}
