import type { TurnMeasurements } from '#protocol/turns.ts'

/** What stands under an answer; `~` marks what is estimated rather than reported by the provider. */
export function measurementParts(measured: TurnMeasurements): string[] {
  const about = measured.tokensFrom === 'estimate' ? '~' : ''
  const parts = [
    measured.ttftMs === undefined ? undefined : `${Math.round(measured.ttftMs)} ms to first token`,
    measured.tokensPerSecond === undefined
      ? undefined
      : `${about}${Math.round(measured.tokensPerSecond).toLocaleString('en')} tok/s`,
    measured.totalMs === undefined ? undefined : `${(measured.totalMs / 1_000).toFixed(2)} s`,
    measured.completionTokens === undefined ? undefined : `${about}${measured.completionTokens.toLocaleString('en')} tokens`,
  ]
  return parts.filter((part) => part !== undefined)
}
