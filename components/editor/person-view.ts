import type { Presence } from '#protocol/presence.ts'
import { sameBytes } from '#session/own-presence.ts'
import type { FileModel } from './file-model.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import type { TextPlaces } from './hunk-place.ts'
import { monaco } from './monaco.ts'

/** Keeps one editor's view where somebody else's is. */
export class PersonView {
  private readonly editor: CodeEditor
  private readonly onOpenFile: (fileId: string) => void
  /** What the view was moved to last. */
  private seen: Pick<Presence, 'connectionId' | 'fileId' | 'top' | 'selections'> | undefined
  /** Asked for once: what is no text never comes into the editor. */
  private asked: string | null = null

  constructor(editor: CodeEditor, onOpenFile: (fileId: string) => void) {
    this.editor = editor
    this.onOpenFile = onOpenFile
  }

  /** Begins anew, with whoever comes next. */
  forget() {
    this.seen = undefined
    this.asked = null
  }

  /** Moves the view if theirs has moved. */
  step(leader: Presence | undefined, shown: FileModel | undefined, places: TextPlaces | undefined) {
    if (leader === undefined || leader.fileId === null) return
    if (shown?.fileId !== leader.fileId) {
      this.seen = undefined
      if (this.asked === leader.fileId) return
      this.asked = leader.fileId
      return this.onOpenFile(leader.fileId)
    }
    this.asked = leader.fileId
    if (places === undefined || this.isSeen(leader)) return
    const head = leader.selections?.[0]?.head
    const headOffset = head && places.offsetOf(head)
    const topOffset = leader.top && places.offsetOf(leader.top)
    // What they have written there has not arrived.
    if (topOffset === undefined || (head !== undefined && headOffset === undefined)) return
    this.seen = leader
    const { editor } = this
    const line = (offset: number) => shown.model.getPositionAt(offset).lineNumber
    let scrollTop = editor.getTopForLineNumber(line(topOffset))
    if (headOffset !== undefined) {
      // Their window may be larger than this one.
      const { height } = editor.getLayoutInfo()
      const lineHeight = editor.getOption(monaco.editor.EditorOption.lineHeight)
      const headTop = editor.getTopForLineNumber(line(headOffset))
      const theirLast = scrollTop + height - 2 * lineHeight
      if (headTop > theirLast && headTop < scrollTop + 2 * height) scrollTop += headTop - theirLast
    }
    editor.setScrollTop(scrollTop, monaco.editor.ScrollType.Smooth)
  }

  private isSeen({ connectionId, fileId, top, selections }: Presence): boolean {
    const { seen } = this
    return (
      seen?.connectionId === connectionId &&
      seen.fileId === fileId &&
      sameBytes(seen.top, top) &&
      sameBytes(seen.selections?.[0]?.head, selections?.[0]?.head)
    )
  }
}
