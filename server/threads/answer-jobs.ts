import { parentPort } from 'node:worker_threads'

export type FromWorker<Answer> = 'ready' | { answer: Answer } | { problem: string }

/** The side of a `JobThread` that is in the thread: answers one job after the other. */
export function answerJobs<Job, Answer>(answer: (job: Job) => Answer): void {
  parentPort?.on('message', (job: Job) => {
    let reply: FromWorker<Answer>
    try {
      reply = { answer: answer(job) }
    } catch (error) {
      reply = { problem: String(error) }
    }
    parentPort?.postMessage(reply)
  })
  parentPort?.postMessage('ready' satisfies FromWorker<Answer>)
}
