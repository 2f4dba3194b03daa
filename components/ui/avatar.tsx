type AvatarProps = { size?: keyof typeof sizes } & (
  | { assistant: true }
  | { assistant?: false; name: string; /** Index into the people colours. */ colour: number }
)

const sizes = {
  small: 'size-[15px] text-[9px]',
  medium: 'size-[18px] text-[9px]',
  large: 'size-6 text-[10.5px]',
} as const

/** The round sign of a participant; the assistant's is ember. Decorative: the name stands beside it. */
export function Avatar({ size = 'medium', ...who }: AvatarProps) {
  const className = `grid shrink-0 place-items-center rounded-full font-semibold ${sizes[size]}`
  if (who.assistant === true) {
    return (
      <span aria-hidden className={`${className} bg-ember text-on-ember`}>
        ✦
      </span>
    )
  }
  return (
    <span aria-hidden className={`${className} text-on-person`} style={{ background: `var(--p${(who.colour % 5) + 1})` }}>
      {size === 'small' ? (Array.from(initials(who.name))[0] ?? '?') : initials(who.name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters =
    words.length > 1 ? words.slice(0, 2).map((word) => Array.from(word)[0]) : Array.from(words[0] ?? '?').slice(0, 2)
  return letters.join('').toUpperCase()
}
