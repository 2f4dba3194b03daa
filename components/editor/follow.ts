/** What following the assistant depends on at a moment; lines are 1-based, times ms. */
export type FollowMoment = {
  now: number
  following: boolean
  /** Where the assistant wrote last; the line only where its text is on screen. */
  head: { fileId: string; line: number | undefined } | null
  /** The file on screen and its lines in sight; null while none is shown. */
  shown: { fileId: string; firstLine: number; lastLine: number } | null
  /** When the person last typed in the editor. */
  typedAt: number
  /** When following last moved the view, or asked for another file. */
  movedAt: number
}

export type FollowStep = { type: 'stay' } | { type: 'open'; fileId: string } | { type: 'reveal'; line: number }

/** A person who has just typed keeps the view, also when following was switched on a moment ago. */
const typingKeepsViewMs = 1_500
const betweenRevealsMs = 80
/** A file stays on screen at least this long, so that a turn over many files can be watched at all. */
const betweenFilesMs = 600
/** The write head is kept this far from the view's edges, so that the view moves in jumps and not with every line. */
const marginLines = 2

/** Whether the view moves now. */
export function followStep({ now, following, head, shown, typedAt, movedAt }: FollowMoment): FollowStep {
  if (!following || head === null || now - typedAt < typingKeepsViewMs) return { type: 'stay' }
  if (shown?.fileId !== head.fileId) {
    return now - movedAt < betweenFilesMs ? { type: 'stay' } : { type: 'open', fileId: head.fileId }
  }
  if (head.line === undefined) return { type: 'stay' }
  const inSight = head.line >= shown.firstLine + marginLines && head.line <= shown.lastLine - marginLines
  const atTop = shown.firstLine === 1 && head.line <= shown.lastLine - marginLines
  if (inSight || atTop || now - movedAt < betweenRevealsMs) return { type: 'stay' }
  return { type: 'reveal', line: head.line }
}
