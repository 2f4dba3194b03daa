/** Stands where the assistant is writing. Not animated: there may be one for each of many files, and every animation is a layer. */
export function WritingDot() {
  return <span role="img" aria-label="The assistant is writing here" className="size-1.5 shrink-0 rounded-full bg-ember" />
}
