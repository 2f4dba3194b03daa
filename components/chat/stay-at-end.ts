/** Where a scroller stands, in CSS pixels: what is above the view, the whole content, and the view itself. */
export type ScrollPlace = Pick<HTMLElement, 'scrollTop' | 'scrollHeight' | 'clientHeight'>

/** How near to its end the content counts as read to the end. */
const nearEnd = 48

/**
 * Whether a scroller goes on following its end. Only a reader who scrolls up leaves it: when content grows or shrinks the end moves
 * away too, and the browser tells of scrolling only a frame later, when it may have grown once more.
 */
export function staysAtEnd(stayed: boolean, before: ScrollPlace, now: ScrollPlace): boolean {
  if (now.scrollHeight - now.scrollTop - now.clientHeight < nearEnd) return true
  const wentUp = now.scrollTop < before.scrollTop && now.scrollHeight >= before.scrollHeight
  return stayed && !wentUp
}
