import { createSeededRandom } from './seeded-random.ts'

/** With jitter 1, tokens arrive in bursts of up to this many ms worth of tokens. */
const longestBurstMs = 100

export type PaceOptions = {
  /** 0 means as fast as the socket takes it. */
  tokensPerSecond: number
  /** 0 (even) to 1: how long the bursts are in which tokens arrive. The rate over the whole answer stays the same. */
  jitter: number
  seed: number
}

/** When a token is due, in ms after the first token. Asked in rising order; the last token is never later than its rate says. */
export type Pace = (tokenIndex: number) => number

export function createPace(options: PaceOptions, tokenCount: number): Pace {
  if (options.tokensPerSecond === 0) return () => 0
  const msPerToken = 1000 / options.tokensPerSecond
  if (options.jitter === 0) return (index) => index * msPerToken
  const random = createSeededRandom(options.seed)
  const lastMs = (tokenCount - 1) * msPerToken
  let burstEndMs = 0
  return (index) => {
    while (burstEndMs < index * msPerToken) burstEndMs += random() * options.jitter * longestBurstMs
    return Math.min(burstEndMs, lastMs)
  }
}
