/** Limits that both sides know. Bytes are UTF-8 bytes unless a name says otherwise; times are milliseconds. */
export const limits = {
  /** Largest frame the socket accepts; above it the connection is closed. */
  frameBytes: 1_000_000,
  /** Largest Yjs update in one `document.push`; larger ones go over HTTP with the same checks. */
  pushBytes: 256 * 1024,
  /** Largest Yjs update accepted at all (HTTP). */
  largePushBytes: 8_000_000,
  /** Largest text document, in UTF-16 units. */
  documentLength: 5_000_000,
  /** Longest prompt, in UTF-16 units. */
  promptLength: 200_000,
  referencesPerPrompt: 50,
  filesPerSession: 2_000,
  /** Largest single imported file and largest import as a whole, uncompressed. */
  importFileBytes: 5_000_000,
  importBytes: 64_000_000,
  /** Longest encoded Y.RelativePosition. */
  positionBytes: 256,
  pathLength: 512,
  nameLength: 80,
  openDocuments: 200,
  pushesInFlight: 32,
  /** A viewer receives at most one frame of a turn per this many milliseconds, after the first token. */
  frameIntervalMs: 16,
  /** Longest text in one turn frame, in UTF-16 units. */
  frameLength: 32_000,
} as const
