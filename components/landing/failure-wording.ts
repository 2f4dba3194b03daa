import { limits } from '#protocol/limits.ts'
import type { ImportFailure } from './use-import.ts'

const megabytes = limits.importBytes / 1_000_000

const sentences: Record<ImportFailure, string> = {
  denied: 'This browser may not do that. Reload the page; if Flint asks for a password, enter it.',
  foreign_origin:
    'The server refused the address this page was opened under. Open Flint under the address that it printed at start.',
  invalid_payload: 'The server did not understand the request. Reload the page, since it may be older than the server.',
  not_found: 'It is not there any more. Somebody may have deleted it.',
  too_large: `It is larger than the ${megabytes} MB that one import may hold. Leave out large files and try again.`,
  too_many_files: `It holds more than ${limits.filesPerSession.toLocaleString('en')} files, the most that a session can hold. Open a folder inside it, or move what you do not need out of it, and try again.`,
  too_many_bases: 'The session has as many zips to compare with as it can hold. Remove one and try again.',
  session_full: 'The session has as many people as it can hold. Tell its owner, who can start a new one.',
  not_a_zip: 'The file is not a zip archive, or it is damaged. Pack the folder as .zip, or drop the folder itself.',
  nothing_to_import: 'There is no file in it that could be imported.',
  wrong_password: 'That is not the password.',
  link_expired: 'The link has expired. Ask whoever sent it for a new one.',
  link_revoked: 'The link was revoked. Ask whoever sent it for a new one.',
  link_used_up: 'The link was used up. Ask whoever sent it for a new one.',
  name_taken: 'That name is taken. Choose another one.',
  declined: 'The owner did not let this browser in.',
  rate_limited: 'Too many tries. Wait a minute and try again.',
  unavailable: 'The server cannot store anything right now. Nothing was changed; try again in a moment.',
  internal: 'Something failed on the server. Nothing was changed; the server’s log has the details.',
  unreachable: 'The server does not answer. Check that Flint is running and try again.',
  unreadable: 'The browser could not read one of the files. It may have moved or changed meanwhile; try again.',
  aborted: 'Stopped. Nothing was created.',
}

/** What happened and what to do about it, in one or two sentences. */
export function wordFailure(code: ImportFailure): string {
  return sentences[code]
}
