/** Stands where the composer would be for people who may only read. */
export function ReadOnlyNote() {
  return (
    <p className="m-3 rounded-panel border border-line bg-bg-2 px-3 py-2.5 text-text-2">
      You are here as a viewer: you can read along. To write, ask the owner for a link for reviewers or editors.
    </p>
  )
}
