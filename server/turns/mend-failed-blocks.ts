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
  /** Of the blocks that could not be applied. */
  proposals: {
    /** Those that nobody has dealt with; from now on people leave them to the model. */
    begin(failed: readonly FailedBlock[]): Promise<FailedBlock[]>
    /** The model is not asked for them any more. */
    end(failed: readonly FailedBlock[]): void
    /** They are closed, because newer blocks stand for them. */
    supersede(failed: readonly FailedBlock[]): Promise<void>
  }
  isInterrupted(): boolean
  onFailure(failure: ModelFailure): void
}

/**
 * Tells the model of blocks that could not be applied, and has it write them again: once as blocks, once as whole files. The turn is
 * complete without that: where asking fails, what was not applied stays a proposal.
 */
export async function mendFailedBlocks({ reader, proposals, ...mending }: Mending): Promise<void> {
  let { request } = mending
  let failed = await mending.settle('complete')
  for (let retry = 1; !mending.isInterrupted(); retry += 1) {
    const { text, firstBlock, lastBlock } = reader.current
    const open = await proposals.begin(failed)
    try {
      const report = failureReport(open, othersThan(failed, firstBlock, lastBlock), retry)
      if (report === undefined) return
      const reported = open.filter(({ block }) => report.blocks.includes(block))
      proposals.end(open.filter((one) => !reported.includes(one)))
      request = {
        ...request,
        messages: [...request.messages, { role: 'assistant', content: text }, { role: 'user', content: report.text }],
      }
      reader.expect(report)
      const end = await mending.ask(request).catch((error: unknown): EndReason => {
        if (!(error instanceof ModelFailure)) throw error
        mending.onFailure(error)
        return 'failed'
      })
      failed = await mending.settle(end)
      await proposals.supersede(writtenAgain(reported, reader.current.completeBlocks, report.whole))
      if (end !== 'complete') return
    } finally {
      proposals.end(open)
    }
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
