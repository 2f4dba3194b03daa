type AvatarProps = { assistant: true } | { assistant?: false; name: string; colour: number }

/** The round sign of a participant; the assistant's is ember. Decorative: the name stands beside it. */
export function Avatar(props: AvatarProps) {
  const className = 'grid size-[18px] shrink-0 place-items-center rounded-full text-[9px] font-semibold'
  if (props.assistant === true) {
    return (
      <span aria-hidden className={`${className} bg-ember text-on-ember`}>
        ✦
      </span>
    )
  }
  return (
    <span aria-hidden className={`${className} text-on-person`} style={{ background: `var(--p${(props.colour % 5) + 1})` }}>
      {initials(props.name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters =
    words.length > 1 ? words.slice(0, 2).map((word) => Array.from(word)[0]) : Array.from(words[0] ?? '?').slice(0, 2)
  return letters.join('').toUpperCase()
}
