import { ModelFailure, type ModelRequest } from '#model/model.ts'
import type { EndReason } from '#protocol/turns.ts'
import type { AnswerReader } from './answer-reader.ts'
import type { FailedBlock } from './failed-block.ts'
import { failureReport } from './failure-report.ts'

export type Mending = {
  reader: AnswerReader
  /** The request of the first answer. */
  request: ModelRequest
  /** Streams one more answer into the reader; resolves with how it ended. */
  ask(request: ModelRequest): Promise<EndReason>
  /** Ends the answer that was read last and writes its blocks; resolves with those that could not be applied. */
  settle(reason: EndReason): Promise<FailedBlock[]>
  /** The proposals of these blocks are closed, because newer blocks stand for them. */
  supersede(failed: readonly FailedBlock[]): Promise<void>
  isInterrupted(): boolean
  onFailure(failure: ModelFailure): void
}

/**
 * Tells the model of blocks that could not be applied, and has it write them again: once as blocks, once as whole files. The turn is
 * complete without that: where asking fails, what was not applied stays a proposal.
 */
export async function mendFailedBlocks(mending: Mending): Promise<void> {
  const { reader, isInterrupted } = mending
  let { request } = mending
  let reported: FailedBlock[] = []
  let isWhole = false
  let end: EndReason = 'complete'
  for (let retry = 1; ; retry += 1) {
    const failed = await mending.settle(end)
    const { text, completeBlocks, firstBlock, lastBlock } = reader.current
    await mending.supersede(writtenAgain(reported, completeBlocks, isWhole))
    if (end !== 'complete' || isInterrupted()) return
    const report = failureReport(failed, othersThan(failed, firstBlock, lastBlock), retry)
    if (report === undefined) return
    request = {
      ...request,
      messages: [...request.messages, { role: 'assistant', content: text }, { role: 'user', content: report.text }],
    }
    reader.expect(report)
    end = await mending.ask(request).catch((error: unknown): EndReason => {
      if (!(error instanceof ModelFailure)) throw error
      mending.onFailure(error)
      return 'failed'
    })
    reported = failed.filter(({ block }) => report.blocks.includes(block))
    isWhole = report.whole
  }
}

/**
 * The reported blocks that the answer stands for: those of a file of which it holds as many blocks, or the whole. Where it holds fewer,
 * nobody knows which are missing, so all of them stay for people.
 */
function writtenAgain(
  reported: readonly FailedBlock[],
  completeBlocks: ReadonlyMap<string, number>,
  isWhole: boolean,
): FailedBlock[] {
  return reported.filter(({ path }) => {
    const needed = isWhole ? 1 : reported.filter((other) => other.path === path).length
    return (completeBlocks.get(path) ?? 0) >= needed
  })
}

function othersThan(failed: readonly FailedBlock[], first: number, last: number): number[] {
  const numbers = new Set(failed.map(({ block }) => block))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).filter(
    (block) => !numbers.has(block),
  )
}
