'use client'

import { baseName } from '#files/tree-path.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { FileDigit } from 'lucide-react'

const size = (bytes: number) => (bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toLocaleString('en')} kB`)

/** In the editor's place, for a file that is not text. */
export function BinaryFile({ file }: { file: FileNode }) {
  return (
    <div role="status" className="grid h-full place-items-center overflow-auto bg-bg-2 p-6">
      <div className="max-w-80 text-center">
        <FileDigit size={28} aria-hidden className="mx-auto mb-3 text-text-3" />
        <p className="font-medium">{baseName(file.path)} is not text</p>
        <p className="pt-1 text-text-2">
          Its {size(file.bytes)} are kept as they are and travel with the session, but they cannot be shown or edited here.
        </p>
      </div>
    </div>
  )
}
