/** Runs work at most once per animation frame; in a hidden tab, where frames stop, as soon as possible instead. */
export interface FrameScheduler {
  /** Runs `work` in the next frame, once. Returns its undo. */
  request(work: () => void): () => void
}

/** Work of all callers shares one animation frame and runs in the order in which it was requested. */
export function browserFrames(): FrameScheduler {
  const waiting = new Set<() => void>()
  let frame: number | undefined
  const run = () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    const due = [...waiting]
    waiting.clear()
    for (const work of due) {
      try {
        work()
      } catch (error) {
        reportError(error) // one caller's bug must not cost the others their frame
      }
    }
  }
  let watching = false
  const watchVisibility = () => {
    watching = true
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && waiting.size > 0) run()
    })
  }
  return {
    request(work) {
      if (!watching) watchVisibility()
      const entry = () => work()
      waiting.add(entry)
      if (document.hidden) queueMicrotask(() => waiting.has(entry) && run())
      else frame ??= requestAnimationFrame(run)
      return () => waiting.delete(entry)
    },
  }
}
