import type { BaseId, ZipBase } from '#protocol/bases.ts'
import type { TurnInfo } from '#session/session-state.ts'

/** Something that the files are compared with. */
export type Base = {
  baseId: BaseId
  kind: 'start' | 'turn' | 'zip'
  /** As a title. */
  title: string
  /** In a sentence behind *comparison with*. */
  wording: string
  /** What tells it from others like it. */
  detail: string
}

export type BaseSources = {
  turns: readonly Pick<TurnInfo, 'turnId' | 'number' | 'status' | 'prompt' | 'hasCheckpoint'>[]
  zips: readonly ZipBase[]
}

/** The bases that a person can choose from: the start, the zips, then the turns, newest first. */
export function basesOf({ turns, zips }: BaseSources): Base[] {
  return [
    start,
    ...zips.map(zipBase),
    ...turns
      // A checkpoint is told when the turn ends, and stored about when its answer begins.
      .filter(({ status, hasCheckpoint }) => hasCheckpoint === true || status === 'streaming')
      .toReversed()
      .map(turnBase),
  ]
}

/** A base by its id; a zip that is not told of (yet, or any more) has no name. */
export function baseOf(baseId: BaseId, { turns, zips }: BaseSources): Base {
  if (baseId === 'start') return start
  const turn = turns.find(({ turnId }) => turnId === baseId)
  if (turn !== undefined) return turnBase(turn)
  const zip = zips.find((one) => one.baseId === baseId)
  return zip === undefined ? { baseId, kind: 'zip', title: 'Zip', wording: 'a zip', detail: '' } : zipBase(zip)
}

const start: Base = {
  baseId: 'start',
  kind: 'start',
  title: 'Session start',
  wording: 'the start of the session',
  detail: 'as the session began',
}

function zipBase({ baseId, name, files }: ZipBase): Base {
  const detail = files === 1 ? '1 file' : `${files.toLocaleString('en')} files`
  return { baseId, kind: 'zip', title: `${name} (zip)`, wording: `the zip ${name}`, detail }
}

function turnBase({ turnId, number, prompt }: BaseSources['turns'][number]): Base {
  const [firstLine = ''] = prompt.trim().split('\n')
  return {
    baseId: turnId,
    kind: 'turn',
    title: `Before turn ${number}`,
    wording: `before turn ${number}`,
    detail: firstLine.slice(0, 200),
  }
}
