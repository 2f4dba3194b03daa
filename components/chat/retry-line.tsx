import { CornerDownLeft } from 'lucide-react'

/** Between two answers of one turn: why the model was asked a second time. */
export function RetryLine({ blocks, whole }: { blocks: number; whole: boolean }) {
  const which = blocks === 1 ? 'One block' : `${blocks} blocks`
  return (
    <p className="my-2.5 flex items-center gap-2 text-small text-text-3">
      <CornerDownLeft size={12} aria-hidden className="shrink-0" />
      {which} could not be applied; asked {whole ? 'for the whole file' : 'once more'}.
      <span aria-hidden className="h-px flex-1 bg-line" />
    </p>
  )
}
