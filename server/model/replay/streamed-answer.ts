import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextLoop } from 'node:timers/promises'
import { answerFrames } from './answer-frames.ts'
import type { Answering } from './answering.ts'
import { createChunks } from './chunks.ts'
import { play, type Sink } from './play.ts'

/** A reset discards what the network has not delivered yet; this lets the text before it arrive. */
const resetDelayMs = 20
const splitBytesDefault = 7

/** Streams an answer as server-sent events, at its pace. */
export async function sendStream(response: ServerResponse, answering: Answering): Promise<void> {
  const { answer, fault, options, clock, signal } = answering
  const { endpoint, model } = answering.request
  response.writeHead(200, { ...answering.headers, 'content-type': 'text/event-stream; charset=utf-8' })
  response.flushHeaders()

  const created = Math.floor(clock.epochMs() / 1000)
  const frames = answerFrames({
    answer,
    endpoint,
    fault,
    chunks: createChunks({ id: answering.id, created, model, fingerprint: answering.fingerprint, endpoint }),
    tokensPerEvent: options.tokensPerEvent,
    totals: (completionTokens) => ({ usage: answering.usage(completionTokens), timeInfo: answering.timeInfo() }),
  })
  const ending = await play(frames, sinkOf(response), {
    clock,
    signal,
    pace: answering.pace,
    firstTokenMs: answering.firstTokenMs,
    eventsPerWrite: options.eventsPerWrite,
    splitBytes: fault?.name === 'split_bytes' ? Number(fault.argument ?? splitBytesDefault) : 0,
    onStarted: answering.onStarted,
    onWritten: answering.onWritten,
  })
  switch (ending) {
    case undefined:
      return
    case 'end':
      response.end()
      return
    case 'stall':
      if (!signal.aborted) await once(signal, 'abort')
      return
    case 'reset':
      await clock.sleep(resetDelayMs, signal)
      response.socket?.resetAndDestroy()
  }
}

function sinkOf(response: ServerResponse): Sink {
  return {
    write: (bytes) => response.write(bytes),
    drained: async (signal) => {
      await once(response, 'drain', { signal }).catch(() => undefined)
    },
    flushed: async () => {
      await nextLoop()
    },
  }
}
