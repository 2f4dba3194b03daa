import type { ReactNode } from 'react'

const bar = (x: number, y: number, width: number, className: string) => (
  <rect key={`${x},${y}`} x={x} y={y} width={width} height="5" rx="2.5" className={className} />
)

function Snake() {
  const cells = [
    [3, 4],
    [4, 4],
    [5, 4],
    [6, 4],
    [6, 3],
    [6, 2],
    [7, 2],
    [8, 2],
    [9, 2],
    [10, 2],
    [10, 3],
  ] as const
  return (
    <g transform="translate(62 -2)">
      {Array.from({ length: 14 * 7 }, (_, place) => (
        <circle
          key={place}
          cx={6 + (place % 14) * 12}
          cy={6 + Math.floor(place / 14) * 12}
          r="1"
          className="fill-line-strong"
        />
      ))}
      {cells.map(([x, y], place) => (
        <rect
          key={`${x},${y}`}
          x={x * 12 + 1}
          y={y * 12 + 1}
          width="10"
          height="10"
          rx="2.5"
          className="fill-p2"
          opacity={0.45 + (place / cells.length) * 0.55}
        />
      ))}
      <circle cx={10 * 12 + 6} cy={5 * 12 + 6} r="5" className="fill-bad" />
    </g>
  )
}

function Todo() {
  return (
    <g transform="translate(84 11)">
      {[0, 1, 2].map((row) => (
        <g key={row} transform={`translate(0 ${row * 21})`}>
          <rect x="0.5" y="0.5" width="132" height="15" rx="4" className="fill-bg-2 stroke-line-strong" />
          <rect x="5" y="4" width="8" height="8" rx="2" className={row === 1 ? 'fill-none stroke-text-3' : 'fill-p1'} />
          {row !== 1 && <path d="m6.8 8 1.6 1.7 2.8-3.4" fill="none" strokeWidth="1.3" className="stroke-bg-1" />}
          {bar(20, 5.5, [58, 84, 44][row] ?? 0, row === 1 ? 'fill-text-3' : 'fill-line-strong')}
        </g>
      ))}
    </g>
  )
}

function TextStats() {
  const heights = [46, 34, 52, 26, 40, 20, 30, 14, 22, 10]
  return (
    <g transform="translate(78 9)">
      <path d="M0 60.5h146" className="stroke-line-strong" />
      {heights.map((height, place) => (
        <rect
          key={place}
          x={4 + place * 14}
          y={60 - height}
          width="9"
          height={height}
          rx="2"
          className="fill-p3"
          opacity={place === 2 ? 1 : 0.5}
        />
      ))}
    </g>
  )
}

function Page() {
  return (
    <g transform="translate(75 10)">
      <rect x="0.5" y="0.5" width="150" height="84" rx="5" className="fill-bg-2 stroke-line-strong" />
      <path d="M0.5 12.5h150" className="stroke-line-strong" />
      {[8, 15, 22].map((x) => (
        <circle key={x} cx={x} cy="6.5" r="2" className="fill-line-strong" />
      ))}
      {bar(14, 24, 62, 'fill-text-3')}
      {bar(14, 34, 44, 'fill-line-strong')}
      <rect x="14" y="46" width="28" height="9" rx="3" className="fill-p4" />
      <rect x="96" y="22" width="42" height="34" rx="4" className="fill-p4" opacity="0.35" />
    </g>
  )
}

function Lines() {
  return (
    <g transform="translate(84 16)">
      {[96, 62, 118, 40].map((width, row) => bar(row % 2 ? 14 : 0, row * 13, width, 'fill-line-strong'))}
    </g>
  )
}

const pictures: Record<string, () => ReactNode> = { snake: Snake, todo: Todo, 'text-stats': TextStats, landing: Page }

/** A small drawing of what a sample is; a sample without one of its own gets lines of text. */
export function SamplePicture({ sampleId }: { sampleId: string }) {
  const Drawing = pictures[sampleId] ?? Lines
  return (
    <svg
      viewBox="0 0 300 78"
      aria-hidden
      preserveAspectRatio="xMidYMid meet"
      className="h-21 w-full border-b border-line bg-bg-0"
    >
      <Drawing />
    </svg>
  )
}
