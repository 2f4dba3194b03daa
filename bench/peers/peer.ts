import type * as Y from 'yjs'

/** One client's copy of a shared document, and what its server has acknowledged of it. */
export type Replica = {
  readonly doc: Y.Doc
  readonly text: Y.Text
  /** Changes the text in one transaction; what it made is acknowledged in the order of these calls. */
  edit(change: (text: Y.Text) => void): Edit | undefined
  /** How many of the edits are acknowledged. */
  acknowledged(): number
  readonly edits: readonly Edit[]
  /** Called whenever `acknowledged` may have grown. */
  onAcknowledged(listener: () => void): void
  /** Resolves once everything is here that the server had when it was called first after a connect. */
  ready(): Promise<void>
  disconnect(): void
  connect(): void
  close(): void
}

/** What an edit left in the document, by which it is found again: its last clock, and the items that it deleted. */
export type Edit = { client: number; clockEnd: number; inserts: boolean; deleted: Y.ID[] }

/** A server of shared documents in a process of its own, with its own client. */
export type Peer = {
  readonly name: string
  /** What counts as acknowledged, in words. */
  readonly acknowledgement: string
  start(environment?: Record<string, string>): Promise<void>
  readonly pid: number
  /** SIGKILL; resolves when the process is gone. Documents stay on its disk. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** A new client on the document of that number; documents are empty at first. */
  join(document: number): Promise<Replica>
  close(): Promise<void>
}
