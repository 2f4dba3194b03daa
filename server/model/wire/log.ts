/** Structured log, shaped like pino's. Never given a key, a prompt or an answer. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
