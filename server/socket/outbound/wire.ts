import type { Packet } from './packet.ts'

/** What the scheduler knows of a connection's transport. */
export type Wire = {
  /** Whether what is written now goes out at once, or nearly so. */
  isReady(): boolean
  write(packet: Packet): void
  /** Cuts the connection without a word to the other end, which takes it for a loss and comes back. */
  cut(): void
}
