/** What the recorder in a page has seen; frame times in ms. */
export type FrameRecord = { frames: number[]; visibleAtEpochMs: number | undefined }

/**
 * Runs in the page: notes how long every frame took, and when the end of the answer is painted in the conversation. Painting
 * follows a frame's callbacks, so a message posted from the frame is handled once it is done.
 */
export function recordFrames({ sentinel }: { sentinel: string }): void {
  const record: FrameRecord = { frames: [], visibleAtEpochMs: undefined }
  ;(window as unknown as { flintFrames: FrameRecord }).flintFrames = record
  const painted = new MessageChannel()
  painted.port1.onmessage = () => {
    record.visibleAtEpochMs ??= performance.timeOrigin + performance.now()
  }
  const conversation = document.querySelector('[aria-label="Conversation"]')
  // Reading the whole conversation in every frame would be measured too: only its last paragraph is looked at.
  const ended = () => {
    const paragraphs = conversation?.querySelectorAll('.chat-prose') ?? []
    return (paragraphs[paragraphs.length - 1]?.lastElementChild?.textContent ?? '').endsWith(sentinel)
  }
  let before = performance.now()
  const frame = (now: number) => {
    record.frames.push(now - before)
    before = now
    if (record.visibleAtEpochMs === undefined && ended()) painted.port2.postMessage(null)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
