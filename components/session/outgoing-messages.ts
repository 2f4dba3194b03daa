import type { Message } from '#protocol/chat.ts'
import type { Result } from '#protocol/failures.ts'
import type { OutgoingMessage } from './chat-state.ts'
import type { Clock } from './clock.ts'

type Options = {
  /** Where they outlive the tab. Throws where the browser forbids it. */
  storage: (() => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) | undefined
  clock: Clock
  isOnline(): boolean
  send(message: { messageId: string; body: string }): Promise<Result<Message>>
  onSent(message: Message): void
  onChanged(outgoing: OutgoingMessage[]): void
}

/**
 * Messages on their way, one after the other in the order in which they were written. What is written offline, or was not answered,
 * is kept and sent again; its id makes that harmless.
 */
export class OutgoingMessages {
  private messages: OutgoingMessage[] = []
  /** Every message that was ever in this tab's hands; others in the storage are another tab's. */
  private readonly own = new Set<string>()
  private key: string | undefined
  private sending = false
  private cancelRetry: (() => void) | undefined
  private readonly options: Options

  constructor(options: Options) {
    this.options = options
  }

  /** Takes up what this person left in this browser, once; what another person left is theirs. */
  belongTo(key: string) {
    if (this.key !== undefined) return
    this.key = key
    const left = this.stored().filter(({ messageId }) => this.messages.every((other) => other.messageId !== messageId))
    this.change([...left, ...this.messages])
  }

  add(message: OutgoingMessage) {
    this.change([...this.messages, message])
    this.resume()
  }

  retry(messageId: string) {
    this.change(this.messages.map((message) => (message.messageId === messageId ? withoutFailure(message) : message)))
    this.resume()
  }

  discard(messageId: string) {
    this.change(this.messages.filter((message) => message.messageId !== messageId))
  }

  /** Sends what waits; told again whenever the connection is back. */
  resume() {
    if (!this.sending) void this.sendAll()
  }

  close() {
    this.cancelRetry?.()
    this.cancelRetry = undefined
  }

  private async sendAll() {
    this.sending = true
    for (;;) {
      const next = this.messages.find(({ failure }) => failure === undefined)
      if (next === undefined || !this.options.isOnline()) break
      const { messageId, body } = next
      const answer = await this.options.send({ messageId, body })
      if (answer.ok) {
        this.options.onSent(answer.value)
        this.discard(messageId)
      } else if (answer.error.code === 'rate_limited') {
        this.cancelRetry?.()
        this.cancelRetry = this.options.clock.after(answer.error.retryAfterMs ?? 1_000, () => this.resume())
        break
      } else if (answer.error.code !== 'unavailable' || this.options.isOnline()) {
        const { error: failure } = answer
        this.change(this.messages.map((message) => (message.messageId === messageId ? { ...message, failure } : message)))
      } else break
    }
    this.sending = false
  }

  private change(messages: OutgoingMessage[]) {
    this.messages = messages
    for (const { messageId } of messages) this.own.add(messageId)
    this.store()
    this.options.onChanged(messages)
  }

  private stored(): OutgoingMessage[] {
    try {
      const text = this.key === undefined ? null : this.options.storage?.().getItem(this.key)
      return text ? (JSON.parse(text) as OutgoingMessage[]) : []
    } catch {
      return []
    }
  }

  private store() {
    if (this.key === undefined) return
    try {
      const all = [...this.stored().filter(({ messageId }) => !this.own.has(messageId)), ...this.messages]
      if (all.length === 0) this.options.storage?.().removeItem(this.key)
      else this.options.storage?.().setItem(this.key, JSON.stringify(all))
    } catch {
      // No storage, or a full one: they are kept as long as the tab lives.
    }
  }
}

function withoutFailure({ failure: _failure, ...message }: OutgoingMessage): OutgoingMessage {
  return message
}
