import type { AddedBase } from '#protocol/bases.ts'
import { limits } from '#protocol/limits.ts'
import { withoutHalf } from '#protocol/whole-text.ts'
import { call, type CallFailure, type CallResult } from '#session/http-call.ts'

/** Sends a zip that the files shall be compared with. */
export function addBase(sessionId: string, zip: File, signal: AbortSignal): Promise<CallResult<AddedBase>> {
  const name = encodeURIComponent(withoutHalf(zip.name.slice(0, limits.nameLength)))
  const headers = { 'content-type': 'application/zip' }
  return call<AddedBase>(`/api/sessions/${sessionId}/bases?name=${name}`, { method: 'POST', body: zip, headers, signal })
}

/** What happened and what to do; the files themselves are never touched. */
export function addBaseFailure(code: CallFailure): string {
  switch (code) {
    case 'not_a_zip':
      return 'The file is not a zip archive, or it is damaged.'
    case 'nothing_to_import':
      return 'There is no file in it that could be compared.'
    case 'too_large':
      return `It is larger than ${limits.importBytes / 1_000_000} MB. Leave out large files and try again.`
    case 'too_many_bases':
      return `The session has ${limits.zipBasesPerSession} zips to compare with, as many as it can hold. Remove one and try again.`
    case 'denied':
      return 'Your role in this session does not allow it.'
    case 'unreachable':
    case 'unavailable':
      return 'The server does not answer. Nothing was changed; try again in a moment.'
    default:
      return 'Nothing was changed. Try again.'
  }
}
