import { buildConnector, Client, type Dispatcher, errors } from 'undici'

/** Longer than two of the pings that keep connections warm (see `Warmth`). */
const keepAliveTimeoutMs = 150_000

/**
 * The kept-alive HTTP/1.1 connections to one backend, one request at a time on each; as many as are needed at once. undici's own
 * Pool may give a request to a connection that is being reopened while a warm one is idle, so the choice is made here.
 */
export class Connections {
  readonly #origin: string
  readonly #options: Client.Options
  #clients: Client[] = []
  #destroyed = false

  /** undici sets TCP_NODELAY; TLS sessions are shared by all connections. */
  constructor(origin: string, connectTimeoutMs: number) {
    this.#origin = origin
    this.#options = {
      connect: buildConnector({ timeout: connectTimeoutMs }),
      keepAliveTimeout: keepAliveTimeoutMs,
      // Timed by the exchange, which can tell the two apart and needs no timer per read.
      headersTimeout: 0,
      bodyTimeout: 0,
    }
  }

  /** Throws once the connections are destroyed. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    if (this.#destroyed) throw new errors.ClientDestroyedError()
    const idle = this.#clients.filter((client) => client.stats.size === 0)
    const client = idle.find(({ stats }) => stats.connected) ?? idle[0] ?? this.#open()
    client.dispatch(options, handler)
  }

  /** Cuts every connection. */
  async destroy(): Promise<void> {
    this.#destroyed = true
    await Promise.all(this.#clients.map((client) => client.destroy()))
  }

  #open(): Client {
    const client = new Client(this.#origin, this.#options)
    client.on('disconnect', () => {
      if (client.stats.size === 0) this.#clients = this.#clients.filter((open) => open !== client)
    })
    this.#clients.push(client)
    return client
  }
}
