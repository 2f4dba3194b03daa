/** Other tabs of this browser that show the same session. */
export type RollCall = {
  /** The ids of the tabs that answer. */
  present(): Promise<ReadonlySet<string>>
  /** From now on this tab answers; `onGone` is told when another one says that it goes. Returns its undo, which says so for this tab. */
  attend(onGone: () => void): () => void
}

type Call = { type: 'who' } | { type: 'here'; tabId: string } | { type: 'gone' }

/** A tab that is busy answers late; one that does not answer at all is asleep or gone. */
const answerMs = 200

/**
 * Calls over a BroadcastChannel: `navigator.locks` would be surer but is kept from pages on plain http. A tab that is asleep counts as
 * gone. That does no harm: what is sent twice has the same push id.
 */
export function browserRollCall(sessionId: string, tabId: string): RollCall {
  if (typeof BroadcastChannel === 'undefined') return { present: async () => new Set(), attend: () => () => {} }
  const open = (hear: (call: Call) => void) => {
    const channel = new BroadcastChannel(`flint-tabs:${sessionId}`)
    channel.addEventListener('message', ({ data }: MessageEvent<Call>) => hear(data))
    const say = (call: Call) => channel.postMessage(call)
    return { say, close: () => channel.close() }
  }
  return {
    async present() {
      const there = new Set<string>()
      const channel = open((call) => call.type === 'here' && there.add(call.tabId))
      channel.say({ type: 'who' })
      await new Promise((resolve) => setTimeout(resolve, answerMs))
      channel.close()
      return there
    },
    attend(onGone) {
      const channel = open((call) => {
        if (call.type === 'who') channel.say({ type: 'here', tabId })
        else if (call.type === 'gone') onGone()
      })
      const leave = () => channel.say({ type: 'gone' })
      addEventListener('pagehide', leave)
      return () => {
        removeEventListener('pagehide', leave)
        leave()
        channel.close()
      }
    },
  }
}
