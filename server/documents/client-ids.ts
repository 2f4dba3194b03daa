import type * as Y from 'yjs'
import type { Logger } from 'pino'
import { permits } from '#protocol/roles.ts'
import { StoreFailure } from '#store/store-failure.ts'
import type { IssuedClient, Store } from '#store/store.ts'
import { documentFailure } from './document-failure.ts'
import { isFreshClientId } from './document-text.ts'

type ClientIdsOptions = { fileId: string; store: Store; log: Logger; newClientId: () => number }

/** The Yjs client ids of one document: who may write under which. Rejects with `DocumentFailure`. */
export class ClientIds {
  readonly #options: ClientIdsOptions
  readonly #issued = new Map<number, IssuedClient>()

  constructor(options: ClientIdsOptions) {
    this.#options = options
  }

  /** Reserves an id that no Y.Doc of this document ever had; durable when it resolves. */
  async issue(current: () => Promise<{ doc: Y.Doc }>, client: IssuedClient): Promise<number> {
    const { store, fileId, newClientId } = this.#options
    for (;;) {
      const { doc } = await current()
      const clientId = newClientId()
      if (!isFreshClientId(doc, clientId)) continue
      try {
        await store.reserveClient(fileId, clientId, client)
      } catch (error) {
        if (error instanceof StoreFailure && error.code === 'refused') continue
        throw documentFailure(error, this.#options)
      }
      this.#issued.set(clientId, client)
      return clientId
    }
  }

  async of(clientId: number): Promise<IssuedClient | undefined> {
    const known = this.#issued.get(clientId)
    if (known !== undefined) return known
    const { store, fileId } = this.#options
    try {
      const stored = await store.issuedClient(fileId, clientId)
      if (stored !== undefined) this.#issued.set(clientId, stored)
      return stored
    } catch (error) {
      throw documentFailure(error, this.#options)
    }
  }

  async isOf(owner: string, clientId: number): Promise<boolean> {
    return (await this.of(clientId))?.owner === owner
  }

  /** Takes note that somebody goes on writing under an id with a role that may do more. */
  async confirm(clientId: number, client: IssuedClient): Promise<void> {
    const known = await this.of(clientId)
    if (known === undefined || permits(known.role, client.role)) return
    const { store, fileId } = this.#options
    try {
      await store.updateClient(fileId, clientId, client.role)
    } catch (error) {
      throw documentFailure(error, this.#options)
    }
    this.#issued.set(clientId, client)
  }
}
