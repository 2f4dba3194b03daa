import type { Person } from './person.ts'
import type { Step } from './plan.ts'
import { promptOf } from './seeded-answer.ts'

type TurnStep = Extract<Step, { op: 'ask' | 'ask-inline' | 'stop' | 'decide' }>

/** What a person does with the assistant, as far as their tab knows of its turns and hunks. Answers are not waited for. */
export function takeTurnStep(person: Person, step: TurnStep): void {
  const { actions, store } = person.client
  const { you, turns, hunks } = store.read()
  const running = turns.filter(({ status }) => status !== 'ended')
  switch (step.op) {
    case 'ask': {
      const fileIds = person.files().map(({ fileId }) => fileId)
      const shown = fileIds[Math.floor(step.file * fileIds.length)]
      const own = running.find(({ askedBy, kind }) => askedBy === you?.participantId && kind === 'chat')
      return void actions.startTurn({
        prompt: promptOf(step.answer),
        references: shown === undefined ? [] : [{ fileId: shown }],
        openFileIds: [],
        ...(step.redirects && own !== undefined && { redirect: own.turnId }),
      })
    }
    case 'ask-inline': {
      const document = person.document(step.file)
      if (document === undefined) return
      const start = Math.floor(step.at * (document.text.length + 1))
      const range = person.range(document, start, Math.min(document.text.length, start + step.length))
      return void actions.inlineEdit({ fileId: document.fileId, ...range, prompt: promptOf(step.answer) })
    }
    case 'stop': {
      const [turn] = running
      return void (turn && actions.stopTurn(turn.turnId))
    }
    case 'decide': {
      const known = Object.keys(hunks)
      const hunkId = known[Math.floor(step.hunk * known.length)]
      if (hunkId === undefined) return
      return void (step.decision === 'apply' ? actions.applyProposal(hunkId, 0) : actions.decideHunks([hunkId], step.decision))
    }
  }
}
