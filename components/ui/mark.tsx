/** Flint's mark: a knapped arrowhead that is also a cursor. */
export function Mark({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden className="shrink-0">
      <path d="M22 2 2.5 9.6l7.9 4z" fill="#ffb067" />
      <path d="M22 2 10.4 13.6l4 7.9z" fill="#f2590d" />
      <path d="M22 2 10.4 13.6 7.2 12z" fill="#ff7a2f" />
    </svg>
  )
}
