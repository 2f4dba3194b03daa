import { isFileGone, type Documents } from '#documents/documents.ts'
import { limits } from '#protocol/limits.ts'
import type { ReplaceBody, ReplaceReply, ReplaceUndone } from '#protocol/search.ts'
import type { Store } from '#store/store.ts'
import { JobTooSlow } from '#threads/job-thread.ts'
import { checkPattern, isSearched, longestFileMs, type SearchThread } from './session-search.ts'
import { SessionFailure, type Sessions } from './sessions.ts'
import { editTextAs, placeNow, type EditedPlace, type TextEdit } from './text-edit-as.ts'
import type { Found } from './text-search.ts'

/** What a call has replaced, so that it can be taken back as long as it is remembered. */
type Replaced = { sessionId: string; participantId: string; files: { fileId: string; places: EditedPlace[] }[] }
type Chosen = NonNullable<NonNullable<ReplaceBody['files']>[number]['matches']>

/** So many replacements are remembered; the oldest go first. */
const mostRemembered = 100

/** Replaces across files, as the person who asks. Each file is one push, and what others write meanwhile is kept. */
export function sessionReplace({
  store,
  documents,
  thread,
  ids,
}: {
  store: Store
  documents: Documents
  thread: SearchThread
  ids: () => string
}): Pick<Sessions, 'replace' | 'undoReplace'> {
  const remembered = new Map<string, Replaced>()

  return {
    async replace(sessionId, participantId, { query, replacement, files: chosen }) {
      checkPattern(query)
      const choices = chosen && new Map(chosen.map((choice) => [choice.fileId, choice.matches]))
      const isWanted = isSearched(query, choices && [...choices.keys()])
      const skipped: ReplaceReply['skipped'] = []
      const done: Replaced['files'] = []
      let left: number = limits.searchMatches
      let more = false

      for (const { fileId, path } of (await store.files(sessionId)).filter(isWanted)) {
        if (left === 0) {
          more = true
          break
        }
        const wanted = choices?.get(fileId)
        try {
          const places = await editTextAs({ documents, newPushId: ids }, { fileId, participantId }, async (text) => {
            const whole = text.toString()
            const limit = wanted === undefined ? left + 1 : limits.searchMatches
            const found = await thread.run({ text: whole, query, limit, replacement }, longestFileMs)
            if (wanted === undefined && found.length > left) more = true
            const due = wanted === undefined ? found.slice(0, left) : chosenOf(found, wanted)
            if (wanted !== undefined && due.length < wanted.length) skipped.push({ path, why: 'changed' })
            return checkedEdits(whole, due)
          })
          left -= places.length
          if (places.length > 0) done.push({ fileId, places })
        } catch (error) {
          if (isFileGone(error)) continue
          skipped.push({ path, why: reasonOf(error) })
        }
      }

      const replaced = done.reduce((sum, { places }) => sum + places.length, 0)
      const counts = { replaced, files: done.length, more, skipped }
      if (replaced === 0) return counts
      const replaceId = ids()
      remembered.set(replaceId, { sessionId, participantId, files: done })
      for (const oldest of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(oldest)
      return { replaceId, ...counts }
    },

    async undoReplace(sessionId, participantId, replaceId) {
      const replaced = remembered.get(replaceId)
      if (replaced?.sessionId !== sessionId || replaced.participantId !== participantId) throw new SessionFailure('not_found')
      remembered.delete(replaceId)
      const undone: ReplaceUndone = { restored: 0, kept: 0 }
      for (const { fileId, places } of replaced.files) {
        try {
          const restored = await editTextAs({ documents, newPushId: ids }, { fileId, participantId }, async (text) => {
            const whole = text.toString()
            return ascending(
              places.flatMap((place) => {
                const now = placeNow(text, whole, place)
                return now === undefined ? [] : [{ ...now, text: place.before }]
              }),
            )
          })
          undone.restored += restored.length
          undone.kept += places.length - restored.length
        } catch (error) {
          if (!isFileGone(error)) throw error
          undone.kept += places.length
        }
      }
      return undone
    },
  }
}

function checkedEdits(whole: string, found: Found[]): TextEdit[] {
  const grown = found.reduce((sum, { match, newText }) => sum + newText.length - (match.end - match.start), whole.length)
  if (grown > limits.documentLength) throw new SessionFailure('too_large')
  return found.map(({ match, newText }) => ({ start: match.start, end: match.end, text: newText }))
}

/** The matches that were chosen, as they are now: as many lines have to read the same, or nobody could tell which one was meant. */
function chosenOf(found: Found[], chosen: Chosen): Found[] {
  const meant = chosen.flatMap(({ preview, nth, of }) => {
    const same = found.filter(({ match }) => match.preview === preview)
    const one = same[nth]
    return same.length === of && one !== undefined ? [one] : []
  })
  return found.filter((candidate) => meant.includes(candidate))
}

/** Places that have moved into one another are not told apart any more: only what is disjoint. */
function ascending(edits: TextEdit[]): TextEdit[] {
  let reached = 0
  return edits
    .toSorted((one, other) => one.start - other.start || one.end - other.end)
    .filter(({ start, end }) => {
      if (start < reached) return false
      reached = end
      return true
    })
}

function reasonOf(error: unknown): ReplaceReply['skipped'][number]['why'] {
  if (error instanceof JobTooSlow) return 'too_slow'
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'too_large' ? 'too_large' : 'unavailable'
}
