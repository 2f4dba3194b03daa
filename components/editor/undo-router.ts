/** One step of a person's history in one file: something typed, or what one of their own turns did to the file. */
export type UndoStep = { kind: 'typing' } | { kind: 'turn'; turnId: string }

/**
 * What Ctrl+Z takes back in one file: the newer of one's own typing and one's own turns' hunks, never anybody else's. Knows the order
 * only; who asks carries the step out. `isUndoable` and `isRedoable` tell of a turn whether it still has hunks here for that: somebody may
 * have decided them meanwhile, and its step is then passed over for good.
 */
export class UndoRouter {
  private done: UndoStep[] = []
  private undone: UndoStep[] = []

  /** A new step of typing began. */
  typed() {
    this.done.push({ kind: 'typing' })
    this.undone = []
  }

  /** One of the person's turns has written here; its step is now the newest one. */
  wrote(turnId: string) {
    this.done = [...this.done.filter((step) => !isOf(step, turnId)), { kind: 'turn', turnId }]
    this.undone = this.undone.filter((step) => !isOf(step, turnId))
  }

  canUndo(isUndoable: (turnId: string) => boolean): boolean {
    return this.done.some((step) => step.kind === 'typing' || isUndoable(step.turnId))
  }

  canRedo(isRedoable: (turnId: string) => boolean): boolean {
    return this.undone.some((step) => step.kind === 'typing' || isRedoable(step.turnId))
  }

  undo(isUndoable: (turnId: string) => boolean): UndoStep | undefined {
    return move(this.done, this.undone, isUndoable)
  }

  redo(isRedoable: (turnId: string) => boolean): UndoStep | undefined {
    return move(this.undone, this.done, isRedoable)
  }
}

function isOf(step: UndoStep, turnId: string): boolean {
  return step.kind === 'turn' && step.turnId === turnId
}

function move(from: UndoStep[], to: UndoStep[], isPossible: (turnId: string) => boolean): UndoStep | undefined {
  for (let step = from.pop(); step !== undefined; step = from.pop()) {
    if (step.kind === 'turn' && !isPossible(step.turnId)) continue
    to.push(step)
    return step
  }
  return undefined
}
