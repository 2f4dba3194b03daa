import type { SampleInfo } from '#protocol/http.ts'
import { ArrowRight, LoaderCircle } from 'lucide-react'
import { SamplePicture } from './sample-picture.tsx'

type SampleCardProps = { sample: SampleInfo; busy: boolean; disabled: boolean; onStart(): void }

export function SampleCard({ sample, busy, disabled, onStart }: SampleCardProps) {
  return (
    <button
      type="button"
      onClick={onStart}
      disabled={disabled}
      className="group flex h-full min-h-48.5 w-full flex-col overflow-hidden rounded-card border border-line bg-bg-1 text-left transition-colors duration-100 hover:border-line-strong hover:bg-bg-2 disabled:cursor-default"
    >
      <SamplePicture sampleId={sample.sampleId} />
      <span className="flex min-h-24 flex-1 flex-col px-3.5 pt-2.5 pb-3">
        <span className="flex items-center gap-2">
          <span className="font-semibold">{sample.name}</span>
          <span className="flex-1" />
          {busy ? (
            <LoaderCircle size={15} aria-label="Opening" className="animate-spin text-text-2" />
          ) : (
            <ArrowRight
              size={15}
              aria-hidden
              className="-translate-x-1 text-text-3 opacity-0 transition-all duration-100 group-hover:translate-x-0 group-hover:opacity-100 group-focus-visible:translate-x-0 group-focus-visible:opacity-100"
            />
          )}
        </span>
        <span className="line-clamp-2 pt-0.5 text-text-2">{sample.description}</span>
        <span className="mt-auto pt-2 text-small text-text-3">
          {sample.language} · {sample.files === 1 ? '1 file' : `${sample.files} files`}
        </span>
      </span>
    </button>
  )
}
