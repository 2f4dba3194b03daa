'use client'

import { useSession } from '#session/session-provider.tsx'

const width = 56
const height = 14
const most = 12

/** Output speed of the newest measured turns, oldest at the left. Nothing is drawn before there are two. */
export function Sparkline() {
  const speeds = useSession(
    (state) => state.turns.flatMap((turn) => turn.measurements?.tokensPerSecond ?? []).slice(-most),
    (one, other) => one.length === other.length && one.every((speed, index) => speed === other[index]),
  )
  if (speeds.length < 2) return null
  const fastest = Math.max(...speeds)
  const points = speeds.map(
    (speed, index) => `${(index / (speeds.length - 1)) * width},${height - 1 - (speed / fastest) * (height - 2)}`,
  )
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <polyline points={points.join(' ')} fill="none" stroke="var(--ember)" strokeWidth="1.5" />
    </svg>
  )
}
