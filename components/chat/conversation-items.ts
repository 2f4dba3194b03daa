import type { Message } from '#protocol/chat.ts'
import { waitingTurns } from '#session/running-turn.ts'
import type { TurnInfo } from '#session/session-state.ts'

export type ConversationItem =
  | { kind: 'turn'; turn: TurnInfo }
  /** `continued`: right after another one of the same person, whose name need not be said again. */
  | { kind: 'message'; message: Message; continued: boolean }
  | { kind: 'day'; at: number; isToday: boolean }
  /** Before the first message that is unread. */
  | { kind: 'new' }
  /** Before the oldest message that is loaded. */
  | { kind: 'older'; before: number }

/** Messages of one person that come sooner after each other stand together. */
const togetherMs = 5 * 60_000

/**
 * Turns and messages in one order, with what divides them. Prompts that wait are not part of it yet, and what somebody took back
 * before it ran never was. `newFrom`: number of the first message that is marked as new.
 */
export function conversationItems(
  turns: readonly TurnInfo[],
  { messages, hasOlder }: { messages: readonly Message[]; hasOlder: boolean },
  newFrom: number | undefined,
): ConversationItem[] {
  const waiting = new Set(waitingTurns(turns))
  const begun = turns
    .filter((turn) => !waiting.has(turn) && !isTakenBack(turn))
    .toSorted((one, other) => one.startedAt - other.startedAt || one.number - other.number)
  const items: ConversationItem[] = []
  const today = new Date().toDateString()
  let day: string | undefined
  let previous: Message | undefined
  let nextTurn = 0
  const divide = (at: number) => {
    const date = new Date(at).toDateString()
    if (date === day) return
    // The first day needs no line above it, unless there are several.
    if (day !== undefined || date !== today) items.push({ kind: 'day', at, isToday: date === today })
    day = date
    previous = undefined
  }
  const addTurns = (until: number) => {
    for (let turn = begun[nextTurn]; turn !== undefined && turn.startedAt <= until; turn = begun[nextTurn]) {
      divide(turn.startedAt)
      items.push({ kind: 'turn', turn })
      previous = undefined
      nextTurn += 1
    }
  }
  for (const message of messages) {
    addTurns(message.createdAt)
    if (hasOlder && message === messages[0]) items.push({ kind: 'older', before: message.number })
    divide(message.createdAt)
    if (message.number === newFrom) {
      items.push({ kind: 'new' })
      previous = undefined
    }
    const continued = previous?.author === message.author && message.createdAt - previous.createdAt < togetherMs
    items.push({ kind: 'message', message, continued })
    previous = message
  }
  addTurns(Infinity)
  return items
}

/** Whoever asked removed it themselves: for nobody anything has happened. */
function isTakenBack({ reason, askedBy, stoppedBy }: TurnInfo): boolean {
  return reason === 'removed' && askedBy === stoppedBy
}
