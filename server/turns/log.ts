/** Structured log, shaped like pino's. Never given a prompt or an answer. */
export interface Log {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
