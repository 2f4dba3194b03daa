/**
 * Every way in which a command can be refused. The set is closed: wording belongs to the UI, detail to the log.
 */
export const failureCodes = [
  'unknown_command', // the event name is not in the command map
  'invalid_payload', // the payload does not match the command's schema; `issues` says where
  'not_joined', // a command that needs a session came before `session.join`
  'denied', // the role does not allow it
  'not_found', // session, file, turn or hunk does not exist (or not in this session)
  'invalid_path', // absolute, `..`, NUL, reserved or too long
  'path_taken', // another file or folder has that path
  'too_large', // over a limit of limits.ts
  'limit_reached', // too many files, documents, turns
  'rate_limited', // too many commands; `retryAfterMs` says when
  'forbidden_content', // an update that holds anything but text under the root `text`
  'foreign_client', // an update written under a client id that was not issued to this connection
  'resync', // an update that does not continue the server's state: reopen the document
  'epoch_changed', // the document was set back since: what the tab has cannot be merged into it
  'not_text', // the file is binary
  'turn_active', // a turn of somebody else is running
  'turn_over', // the turn has ended
  'turn_begun', // the turn does not wait any more: it runs, or has ended
  'hunk_decided', // the hunk is no longer open
  'changed_meanwhile', // what the suggestion replaces was changed in the same lines, or is gone
  'asked_again', // the model is being asked to write the proposal's text again
  'name_taken', // somebody in the session is called that, or it could be taken for their name
  'last_owner', // a session without an owner could not be shared, nor deleted
  'awaiting_approval', // an owner has to let this joiner in
  'declined', // an owner did not let this joiner in
  'removed', // an owner took this person out of the session
  'no_backend', // the chosen backend or model is not configured
  'unavailable', // the store or the server cannot answer now; nothing was changed
  'internal', // a bug; logged with the same id
] as const
export type FailureCode = (typeof failureCodes)[number]

export type Failure = {
  code: FailureCode
  /** Where a payload is wrong, as `path: problem`. */
  issues?: string[]
  retryAfterMs?: number
  /** Appears in the server's log beside the detail. */
  logId?: string
}

export type Result<Value> = { ok: true; value: Value } | { ok: false; error: Failure }

/** Why a turn ended with `failed`. Closed set; the provider's own text is never shown to other people. */
export const turnFailureCodes = [
  'unreachable', // no connection to the backend
  'wrong_key', // 401, 403
  'payment_required', // 402
  'model_not_found', // 404
  'context_too_long', // 400 context_length_exceeded
  'request_refused', // any other 4xx: the backend does not accept the request
  'requests_limited', // 429 request_quota_exceeded, per second or minute
  'tokens_limited', // 429 token_quota_exceeded, per minute
  'daily_limited', // 429, a per-day (or per-hour) quota
  'queue_full', // 429 or 503 queue_exceeded
  'server_error', // 5xx, or an error inside the stream
  'stream_lost', // the connection was cut inside the stream
  'stream_truncated', // the stream ended without a finish reason
  'stalled', // no bytes for longer than the idle timeout
  'bad_stream', // bytes that are not the protocol
  'content_filtered', // finish_reason content_filter
  'internal', // a bug of Flint's; logged
] as const
export type TurnFailureCode = (typeof turnFailureCodes)[number]

export type TurnFailure = {
  code: TurnFailureCode
  /** HTTP status of the backend, where there was one. */
  status?: number
  /** The provider's own reset time, as milliseconds from now when the failure was told. */
  retryAfterMs?: number
  /** Request id of the provider, for its support. */
  requestId?: string
}
