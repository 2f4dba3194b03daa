import type { Step } from './plan.ts'
import { assistantCharacter } from './person.ts'
import { takeTurnStep } from './take-turn-step.ts'
import type { World } from './world.ts'

const paths = ['a.ts', 'b.ts', 'src/a.ts', 'src/c.ts']

type Editing = Extract<Step, { op: 'type' | 'paste' | 'delete' | 'break-line' | 'many-cursors' | 'undo' | 'redo' }>

/** Does one step of a plan. What it begins is not waited for: that is what the next steps cut through. */
export async function take(world: World, step: Step): Promise<void> {
  switch (step.op) {
    case 'type':
    case 'paste':
    case 'delete':
    case 'break-line':
    case 'many-cursors':
    case 'undo':
    case 'redo':
      return edit(world, step)
    case 'assistant':
      return assistantWrites(world, step)
    case 'ask':
    case 'ask-inline':
    case 'stop':
    case 'decide':
      return takeTurnStep(world.person(step.person), step)
    case 'answer':
      world.server.model.deliver(step.reads)
      return world.time.settle()
    case 'create-file':
      return void world.person(step.person).client.actions.createFile(paths[step.name] ?? 'd.ts')
    case 'rename-file': {
      const file = fileOf(world, step.person, step.file)
      return void (file && world.person(step.person).client.actions.renameFile(file.fileId, paths[step.name] ?? 'd.ts'))
    }
    case 'delete-file': {
      const file = fileOf(world, step.person, step.file)
      return void (file && world.person(step.person).client.actions.deleteFile(file.fileId))
    }
    case 'comment':
      return comment(world, step)
    case 'say':
      return world.person(step.person).client.actions.sendMessage(`${step.person} says ${world.nextId()}`)
    case 'deliver':
      for (let count = 0; count < step.count; count += 1) {
        world.person(step.person).link.deliver(step.direction)
        await world.time.settle()
      }
      return
    case 'repeat-push':
      return world.person(step.person).link.repeatPush()
    case 'drop':
      return world.person(step.person).link.drop()
    case 'half-open':
      return world.person(step.person).link.leaveHalfOpen()
    case 'reconnect':
      return world.person(step.person).link.establish()
    case 'new-tab':
      return world.person(step.person).openNewTab()
    case 'calm':
      for (const { link } of world.people) link.establish()
      return world.deliverAll()
    case 'everybody-leaves':
      for (const { link } of world.people) link.drop()
      return
    case 'hold-disk':
      return world.disk.hold()
    case 'fill-disk':
      return world.disk.fill()
    case 'release-disk':
      return world.disk.release()
    case 'fate':
      return world.disk.destine(step.fate, step.of)
    case 'crash':
      return world.crash()
    case 'advance':
      return world.time.advance(step.ms)
    case 'role':
      // A crash may leave it open whether a role was raised.
      if (step.role === 'editor') world.witness.hasRole(step.person, step.role)
      return onTheServer(async () => {
        await world.server.sessions.setRole(world.sessionId, participantOf(world, step.person), step.role)
        world.witness.hasRole(step.person, step.role)
      })
    case 'remove':
      world.removed.add(step.person)
      return onTheServer(async () => {
        await world.server.sessions.removeParticipant(world.sessionId, participantOf(world, step.person), {})
        world.witness.wasRemoved(step.person)
      })
  }
}

function edit(world: World, step: Editing): void {
  const person = world.person(step.person)
  const document = person.document(step.file)
  if (document === undefined || !person.canType) return
  const place = (share: number) => Math.floor(share * (document.text.length + 1))
  switch (step.op) {
    case 'type':
    case 'paste':
      return person.edit(document, (text) => text.insert(place(step.at), person.characters(step.length)))
    case 'delete':
      return person.edit(document, (text) => {
        const at = place(step.at)
        const length = Math.min(step.length, text.length - at)
        if (length > 0) text.delete(at, length)
      })
    case 'break-line':
      return person.edit(document, (text) => text.insert(place(step.at), '\n'))
    case 'many-cursors':
      return person.edit(document, (text) => {
        for (const at of [step.at, step.to]) text.insert(place(at), person.characters(1))
      })
    case 'undo':
      return world.witness.undoing(person, document, () => person.undo(document))
    case 'redo':
      return person.redo(document)
  }
}

async function assistantWrites(world: World, { file, at, length }: Extract<Step, { op: 'assistant' }>): Promise<void> {
  const files = await world.store.files(world.sessionId)
  const target = files[Math.floor(file * files.length)]
  if (target === undefined) return
  // Not awaited: it may wait for the disk, and a crash ends it.
  void (async () => {
    const replica = await world.server.documents.replica(target.fileId, { kind: 'assistant', turnId: world.nextId() })
    await replica.commit((text) => text.insert(Math.floor(at * (text.length + 1)), assistantCharacter.repeat(length)))
    replica.close()
  })().catch(() => {})
}

function comment(world: World, { person: number, file, at, length }: Extract<Step, { op: 'comment' }>): void {
  const person = world.person(number)
  const document = person.document(file)
  if (document === undefined || document.text.length === 0) return
  const start = Math.floor(at * document.text.length)
  person.comment(document, start, Math.min(document.text.length, start + length))
}

/** Of the owner, or of the server itself; it may wait for the disk, and a crash ends it. */
function onTheServer(change: () => Promise<unknown>): void {
  void change().catch(() => {})
}

function participantOf(world: World, number: number): string {
  return world.person(number).client.store.read().you?.participantId ?? 'nobody'
}

function fileOf(world: World, person: number, share: number) {
  const files = world.person(person).files()
  return files[Math.floor(share * files.length)]
}
