import type { BackendInfo } from '#protocol/sessions.ts'
import type { Resource } from './use-resource.ts'

/** Says that answers are recorded while no model is connected, and how to connect one. */
export function ModelNote({ status }: { status: Resource<{ backends: BackendInfo[] }> }) {
  if (status.status !== 'ready' || status.value.backends.some((backend) => backend.kind === 'live')) return null
  return (
    <section aria-labelledby="model" className="rounded-card border border-line bg-bg-1 px-3.5 py-3">
      <h2 id="model" className="font-semibold">
        No model is connected
      </h2>
      <p className="pt-1 text-text-2">
        The samples answer their suggested prompts with recorded answers, streamed at a fast model’s pace and marked as
        recorded. To ask anything, start Flint with a Cerebras key:
      </p>
      <code className="mt-2 block overflow-x-auto rounded-control bg-bg-3 px-2.5 py-1.5 font-mono text-[12px] whitespace-nowrap text-text-1">
        CEREBRAS_API_KEY=… npm start
      </code>
    </section>
  )
}
