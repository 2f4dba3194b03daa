/** Name of the cookie that holds how a person left the workbench's panels, so that the first paint already has them. */
export const layoutCookie = 'flint-layout'

/** Widths in px. */
export type WorkbenchLayout = { sideWidth: number; chatWidth: number; sideOpen: boolean; chatOpen: boolean }

export const defaultLayout: WorkbenchLayout = { sideWidth: 232, chatWidth: 380, sideOpen: true, chatOpen: true }

/** Reads `<sideWidth>.<chatWidth>.<open panels: s, c>`; whatever is wrong falls back to the default. */
export function layoutFromCookie(value: string | undefined): WorkbenchLayout {
  const match = /^(\d{2,4})\.(\d{2,4})\.(s?)(c?)$/.exec(value ?? '')
  if (!match) return defaultLayout
  const [, side, chat, sideOpen, chatOpen] = match
  return {
    sideWidth: within(Number(side), 160, 600),
    chatWidth: within(Number(chat), 280, 900),
    sideOpen: sideOpen === 's',
    chatOpen: chatOpen === 'c',
  }
}

export function layoutToCookie({ sideWidth, chatWidth, sideOpen, chatOpen }: WorkbenchLayout): string {
  return `${Math.round(sideWidth)}.${Math.round(chatWidth)}.${sideOpen ? 's' : ''}${chatOpen ? 'c' : ''}`
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
