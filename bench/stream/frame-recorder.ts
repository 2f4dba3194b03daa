/** What the recorder in a page has seen; ms on the page's clock unless named otherwise. */
export type FrameRecord = { frames: number[]; visibleAtEpochMs: number | undefined }

/**
 * Runs in the page: notes how long every frame took, and the first frame after which `sentinel` is painted in every place of
 * `selectors`. Painting follows the frame's callbacks, so a message posted from the frame is handled once it is done.
 */
export function recordFrames({ sentinel, selectors }: { sentinel: string; selectors: string[] }): void {
  const record: FrameRecord = { frames: [], visibleAtEpochMs: undefined }
  ;(window as unknown as { flintFrames: FrameRecord }).flintFrames = record
  const painted = new MessageChannel()
  painted.port1.onmessage = () => {
    record.visibleAtEpochMs ??= performance.timeOrigin + performance.now()
  }
  let before = performance.now()
  // Looking for the sentinel costs time itself, so only the end of each place is read.
  const shown = (selector: string) => {
    const place = document.querySelector(selector)
    if (place === null) return false
    return (place.textContent ?? '').includes(sentinel)
  }
  let looking = false
  ;(window as unknown as { lookForSentinel: () => void }).lookForSentinel = () => (looking = true)
  const frame = (now: number) => {
    record.frames.push(now - before)
    before = now
    if (looking && record.visibleAtEpochMs === undefined && selectors.every(shown)) painted.port2.postMessage(null)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
