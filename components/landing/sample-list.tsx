import type { SampleInfo } from '#protocol/http.ts'
import { LoadFailure } from './load-failure.tsx'
import { SampleCard } from './sample-card.tsx'
import type { Resource } from './use-resource.ts'

type SampleListProps = {
  samples: Resource<{ samples: SampleInfo[] }>
  /** The start that is on its way, by sample id. */
  starting: string | undefined
  onStart(sampleId: string): void
  onRetry(): void
}

const grid = 'grid gap-3 narrow:grid-cols-2'

export function SampleList({ samples, starting, onStart, onRetry }: SampleListProps) {
  switch (samples.status) {
    case 'loading':
      return (
        <div className={grid} aria-busy="true" aria-label="Loading samples">
          {[0, 1, 2, 3].map((place) => (
            <div key={place} className="h-48.5 animate-breathe rounded-card border border-line bg-bg-1" />
          ))}
        </div>
      )
    case 'failed':
      return <LoadFailure what="The samples could not be loaded" code={samples.code} onRetry={onRetry} />
    case 'ready':
      return (
        <ul className={grid}>
          {samples.value.samples.map((sample) => (
            <li key={sample.sampleId} className="min-w-0">
              <SampleCard
                sample={sample}
                busy={starting === sample.sampleId}
                disabled={starting !== undefined}
                onStart={() => onStart(sample.sampleId)}
              />
            </li>
          ))}
        </ul>
      )
  }
}
