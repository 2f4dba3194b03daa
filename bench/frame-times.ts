import { percentile } from './percentiles.ts'

/** One line about how long frames took (ms). */
export function describeFrames(name: string, frames: readonly number[]): string {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(frames, share).toFixed(1))
  return `${name}: ${frames.length} frames, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms`
}
