import type { Failure } from '#protocol/failures.ts'
import type { ReactionKind, Thread, Verdict } from '#protocol/review.ts'
import type { ReviewCommand } from '#session/session-actions.ts'
import type { ThreadPlace } from './thread-list.ts'

export const reactionSigns: Record<ReactionKind, { sign: string; label: string }> = {
  up: { sign: '👍', label: 'Thumbs up' },
  down: { sign: '👎', label: 'Thumbs down' },
  laugh: { sign: '😄', label: 'Laugh' },
  hooray: { sign: '🎉', label: 'Hooray' },
  heart: { sign: '❤️', label: 'Heart' },
  eyes: { sign: '👀', label: 'Eyes' },
}

export const verdictWording: Record<Verdict, { label: string; did: string; hint: string }> = {
  comment: { label: 'Comment', did: 'commented', hint: 'Say something without a verdict.' },
  approve: { label: 'Approve', did: 'approved', hint: 'It is good as it is.' },
  request_changes: { label: 'Request changes', did: 'requested changes', hint: 'Something has to change first.' },
}

export function placeWording(place: ThreadPlace): string {
  switch (place.kind) {
    case 'file':
      return 'whole file'
    case 'detached':
      return 'detached'
    case 'lines':
      return linesWording(place.fromLine, place.toLine)
  }
}

export function linesWording(fromLine: number, toLine: number): string {
  return fromLine === toLine ? `line ${fromLine}` : `lines ${fromLine}–${toLine}`
}

export const stateWording: Record<Thread['state'], string> = {
  open: 'Open',
  resolved: 'Resolved',
  suggested: 'Suggested by the assistant',
  dismissed: 'Dismissed',
}

const titles: Partial<Record<ReviewCommand, string>> = {
  'thread.create': 'The comment was not sent',
  'thread.reply': 'The reply was not sent',
  'comment.edit': 'The comment was not changed',
  'comment.delete': 'The comment was not deleted',
  'suggestion.apply': 'The suggestion was not applied',
  'review.submit': 'The review was not submitted',
}

/** What happened, what is safe, and what to do. */
export function failureWording(command: ReviewCommand, { code }: Failure): { title: string; detail: string } {
  const title = titles[command] ?? 'Nothing was changed'
  switch (code) {
    case 'unavailable':
      return { title, detail: 'The server does not answer. What you wrote is still here; try again when you are connected.' }
    case 'rate_limited':
      return { title, detail: 'That was very fast. What you wrote is still here; try again in a second.' }
    case 'limit_reached':
      return { title, detail: 'There are as many comments as one conversation can hold.' }
    case 'changed_meanwhile':
      return {
        title,
        detail:
          'Its lines were changed since it was written, in the same place. The file is as it was; compare and change it by hand.',
      }
    case 'not_found':
      return { title, detail: 'What it is about is gone, or is still being stored. Try again in a moment.' }
    case 'denied':
      return { title, detail: 'Your role in this session does not allow it.' }
    case 'invalid_payload':
      return { title, detail: 'It says nothing yet.' }
    default:
      return { title, detail: 'Nothing was changed. Try again.' }
  }
}
