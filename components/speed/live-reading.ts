import type { TurnLogReader } from '#session/turn-log.ts'

/** What a running turn has shown so far: UTF-16 units received, and times since the request was sent (ms). */
export type LiveReading = { length: number; elapsedMs: number; firstMs: number | undefined }

/** As often as anybody can read a number. */
const leastIntervalMs = 100

/** Reads a running turn's log for the HUD, ten times a second at most, on the server's clock. */
export function createLiveReading(log: TurnLogReader): { read(): LiveReading; subscribe(listener: () => void): () => void } {
  let reading: LiveReading = { length: 0, elapsedMs: 0, firstMs: undefined }
  return {
    read: () => reading,
    subscribe: (listener) =>
      log.subscribe(() => {
        const firstMs = reading.firstMs ?? log.elapsedMs
        if (reading.firstMs !== undefined && log.elapsedMs - reading.elapsedMs < leastIntervalMs) return
        reading = { length: log.length + log.reasoningLength, elapsedMs: log.elapsedMs, firstMs }
        listener()
      }),
  }
}
