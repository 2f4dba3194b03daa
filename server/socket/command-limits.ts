import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Command } from '#protocol/commands.ts'

/** Bursts and refill per connection: typing makes pushes, everything else is a click. */
const buckets = {
  push: { points: 200, duration: 3 },
  open: { points: 600, duration: 10 },
  turn: { points: 30, duration: 60 },
  /** Where one is, ten times a second. */
  presence: { points: 20, duration: 2 },
  gather: { points: 6, duration: 60 },
  message: { points: 5, duration: 1 },
  /** One comment a second, and a few at once for who has written them beforehand. */
  comment: { points: 5, duration: 5 },
  other: { points: 60, duration: 10 },
} as const

export type CommandLimits = {
  /** Milliseconds to wait before the next such command, or 0 when this one may go on. */
  consume(connectionId: string, command: Command): Promise<number>
}

export function createCommandLimits(): CommandLimits {
  const limiters = {
    push: new RateLimiterMemory(buckets.push),
    open: new RateLimiterMemory(buckets.open),
    turn: new RateLimiterMemory(buckets.turn),
    presence: new RateLimiterMemory(buckets.presence),
    gather: new RateLimiterMemory(buckets.gather),
    message: new RateLimiterMemory(buckets.message),
    comment: new RateLimiterMemory(buckets.comment),
    other: new RateLimiterMemory(buckets.other),
  }
  return {
    consume: async (connectionId, command) => {
      try {
        await limiters[bucketOf(command)].consume(connectionId)
        return 0
      } catch (error) {
        if (error instanceof RateLimiterRes) return Math.max(1, error.msBeforeNext)
        throw error
      }
    },
  }
}

function bucketOf(command: Command): keyof typeof buckets {
  if (command === 'document.push') return 'push'
  if (command === 'document.open' || command === 'document.close') return 'open'
  if (command === 'turn.start' || command === 'turn.again' || command === 'turn.inline') return 'turn'
  if (command === 'presence.set') return 'presence'
  if (command === 'presence.gather') return 'gather'
  if (command === 'message.send' || command === 'message.edit') return 'message'
  if (command === 'thread.create' || command === 'thread.reply') return 'comment'
  return 'other'
}
