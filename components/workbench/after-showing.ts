/** Runs once what was just asked for is on screen: a panel takes the focus only after it is shown. */
export function afterShowing(action: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(action))
}
