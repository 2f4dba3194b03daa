import { expect } from 'vitest'
import { ModelFailure } from '../model.ts'
import { type Answer, ask, drain, listeningLog, modelAt, startBackend } from './test-backend.ts'

const never = new AbortController().signal

/**
 * Runs one answer of a backend that always answers so, and checks that neither key nor wording nor prompt is told on. Resolves to the text that arrived, the failure and how often it was asked.
 */
export async function failing(answer: Answer) {
  await using backend = await startBackend(answer)
  const log = listeningLog()
  const model = modelAt(backend.url, { log })
  const { batches, error } = await drain(model.stream(ask, never))
  await model.close()
  expect(error).toBeInstanceOf(ModelFailure)
  expect(JSON.stringify([error, (error as Error).message, (error as Error).cause, log.lines])).not.toMatch(
    /csk-secret|wording|faster/,
  )
  const texts = batches.flat().map((event) => (event.type === 'text' ? event.text : ''))
  return { text: texts.join(''), failure: (error as ModelFailure).failure, asked: backend.received.length }
}
