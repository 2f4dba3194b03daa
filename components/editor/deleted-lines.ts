import type { HunkLines } from './hunk-lines.ts'
import type { CodeEditor } from './hunk-decorations.ts'

type Zone = { id: string; hunkId: string; text: string; zone: { afterLineNumber: number; domNode: HTMLElement } }

/**
 * Old lines of hunks as view zones of one editor. A zone is made again only when its text changes; zones follow insertions above
 * them by themselves.
 */
export class DeletedLines {
  private readonly editor: CodeEditor
  private zones = new Map<string, Zone[]>()

  constructor(editor: CodeEditor) {
    this.editor = editor
  }

  hunkOf(zoneId: string): string | undefined {
    return [...this.zones.values()].flat().find(({ id }) => id === zoneId)?.hunkId
  }

  show(changed: { hunkId: string; first: number; pieces: HunkLines['deleted'] }[], gone: string[]) {
    const nothing = changed.every(({ hunkId, pieces }) => pieces.length === 0 && !this.zones.has(hunkId))
    if (nothing && gone.every((hunkId) => !this.zones.has(hunkId))) return
    this.editor.changeViewZones((accessor) => {
      for (const hunkId of gone) {
        for (const { id } of this.zones.get(hunkId) ?? []) accessor.removeZone(id)
        this.zones.delete(hunkId)
      }
      for (const { hunkId, first, pieces } of changed) {
        const old = this.zones.get(hunkId) ?? []
        const now = pieces.map(({ above, lines }, index): Zone => {
          const text = lines.join('\n')
          const afterLineNumber = first + above - 1
          const known = old[index]
          if (known?.text === text) {
            known.zone.afterLineNumber = afterLineNumber
            accessor.layoutZone(known.id)
            return known
          }
          if (known !== undefined) accessor.removeZone(known.id)
          const zone = this.zone(text, lines.length, afterLineNumber)
          return { id: accessor.addZone(zone), hunkId, text, zone }
        })
        for (const { id } of old.slice(now.length)) accessor.removeZone(id)
        if (now.length === 0) this.zones.delete(hunkId)
        else this.zones.set(hunkId, now)
      }
    })
  }

  clear() {
    this.editor.changeViewZones((accessor) => {
      for (const { id } of [...this.zones.values()].flat()) accessor.removeZone(id)
    })
    this.zones.clear()
  }

  private zone(text: string, heightInLines: number, afterLineNumber: number) {
    const domNode = document.createElement('div')
    domNode.className = 'hunk-deleted'
    const content = document.createElement('div')
    content.className = 'hunk-deleted-text'
    content.textContent = text
    content.style.tabSize = String(this.editor.getModel()?.getOptions().tabSize ?? 2)
    domNode.append(content)
    this.editor.applyFontInfo(domNode)
    const marginDomNode = document.createElement('div')
    marginDomNode.className = 'hunk-deleted-margin'
    const { decorationsLeft } = this.editor.getLayoutInfo()
    marginDomNode.style.setProperty('--decorations-left', `${decorationsLeft}px`)
    return { afterLineNumber, heightInLines, domNode, marginDomNode, suppressMouseDown: true, showInHiddenAreas: true }
  }
}
