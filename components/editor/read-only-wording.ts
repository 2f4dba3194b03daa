import type { FailureCode } from '#protocol/failures.ts'
import type { ReadOnly } from './use-read-only.ts'

export type Wording = { title: string; detail: string }

/** What the editor says while a file cannot be edited; null where it is over before anybody reads it. */
export function wordReadOnly(readOnly: ReadOnly): Wording | null {
  switch (readOnly.why) {
    case 'opening':
      return null
    case 'offline':
      return {
        title: 'This file cannot be edited without a connection',
        detail:
          'It was not open yet when the connection was lost. Files that were open can be edited; this one opens by itself.',
      }
    case 'role':
      return { title: 'You can read this file', detail: 'Your role in this session does not allow edits.' }
    case 'disconnected':
      return {
        title: 'This session is closed to this tab',
        detail: 'The text on screen is the last that arrived. What you type would not be stored.',
      }
    case 'refused':
      return { title: refusedTitle(readOnly.reason), detail: refusedDetail(readOnly.reason) }
  }
}

function refusedTitle(reason: FailureCode): string {
  switch (reason) {
    case 'too_large':
      return 'This change is too large to store'
    case 'not_found':
      return 'This file is gone'
    case 'not_text':
      return 'This file is not text'
    case 'limit_reached':
      return 'Too many files are open in this session'
    default:
      return 'The server does not accept the last change to this file'
  }
}

function refusedDetail(reason: FailureCode): string {
  switch (reason) {
    case 'not_found':
      return 'Somebody deleted it.'
    case 'not_text':
      return 'It is kept as it is and travels with the session, but it cannot be shown here.'
    case 'limit_reached':
      return 'Everything stored is safe. Reload the page, and open fewer files at once.'
    default:
      return 'Everything stored before it is safe. Read the file anew: what was not stored is kept as a copy.'
  }
}
