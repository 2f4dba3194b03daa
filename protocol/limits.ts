/** Limits that both sides know. Bytes are UTF-8 bytes unless a name says otherwise; times are milliseconds. */
export const limits = {
  /** Largest frame the socket accepts; above it the connection is closed. */
  frameBytes: 1_000_000,
  /** Largest Yjs update in one `document.push`; larger ones go over HTTP with the same checks. */
  pushBytes: 256 * 1024,
  /** Largest Yjs update accepted at all (HTTP). */
  largePushBytes: 8_000_000,
  /** Largest state of a document, as it is stored, in an answer over the socket, where it would hold up everything behind it; larger ones go over HTTP. */
  answeredStateBytes: 64 * 1024,
  /** Longest Yjs state vector of one document. */
  stateVectorBytes: 1_000_000,
  /** Largest text document, in UTF-16 units. */
  documentLength: 5_000_000,
  /** Longest prompt, in UTF-16 units. */
  promptLength: 200_000,
  referencesPerPrompt: 50,
  /** Longest message between people, in UTF-16 units. */
  messageLength: 10_000,
  messagesPerSession: 50_000,
  filesPerSession: 2_000,
  /** Folders that exist without files. */
  emptyFoldersPerSession: 500,
  /** Largest single imported file and largest import as a whole, uncompressed. */
  importFileBytes: 5_000_000,
  importBytes: 64_000_000,
  /** Matches that one search tells, and that one call replaces. */
  searchMatches: 10_000,
  /** Longest encoded Y.RelativePosition. */
  positionBytes: 256,
  /** All positions of one `presence.set` together, and the cursors in it. */
  presenceBytes: 2_048,
  presenceSelections: 20,
  /** A connection that was silent for this long is taken for gone. */
  presenceExpiryMs: 10_000,
  /** Longest comment and longest suggestion, in UTF-16 units. */
  commentLength: 20_000,
  /** Longest quoted passage of a thread, in UTF-16 units. */
  quoteLength: 4_000,
  threadsPerSession: 2_000,
  commentsPerThread: 300,
  pendingComments: 300,
  pathLength: 512,
  nameLength: 80,
  personNameLength: 40,
  /** Everybody who ever was in a session, or waits to be let in. */
  participantsPerSession: 500,
  linksPerSession: 200,
  /** Zips that the files of a session are compared with. */
  zipBasesPerSession: 5,
  openDocuments: 200,
  pushesInFlight: 32,
  /** A viewer receives at most one frame of a turn per this many milliseconds, after the first token. */
  frameIntervalMs: 16,
  /** Longest text in one turn frame, in UTF-16 units. */
  frameLength: 32_000,
} as const
