import { WebSocket } from 'ws'

/** Peers' providers give up attempts to connect without listening to what becomes of them, which would end the process. */
export class QuietWebSocket extends WebSocket {
  constructor(...options: ConstructorParameters<typeof WebSocket>) {
    super(...options)
    this.on('error', () => {})
  }
}
