/** What became of one's own edits. */
export type Saving = {
  /** That the server has not stored yet, also those that an earlier tab of this browser left. */
  pending: number
  /** Of those: which the browser cannot keep beyond this tab. */
  unkept: number
  /** Of those: which the server will not take. */
  refused: number
  /** Copies of edits that wait for a decision, because they cannot go into their file by themselves any more. */
  aside: number
  /** It is not known yet what earlier tabs have left. */
  reading: boolean
}

export type SavingEvent = { type: 'saving'; saving: Saving }

export const nothingRead: Saving = { pending: 0, unkept: 0, refused: 0, aside: 0, reading: true }

export function foldSaving(known: Saving, { saving }: SavingEvent): Saving {
  const keys = Object.keys(saving) as (keyof Saving)[]
  return keys.every((key) => saving[key] === known[key]) ? known : saving
}
