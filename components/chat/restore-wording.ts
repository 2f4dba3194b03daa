import type { Reply } from '#protocol/commands.ts'

type Restored = Reply<'checkpoint.restore'>

const files = (count: number) => (count === 1 ? '1 file' : `${count} files`)
const mostNamed = 4

/** What a restore did, in a title and a few lines: how much came back, and what was kept as it is and why. */
export function wordRestored({ restored, kept, rolledBack }: Restored, number: number): { title: string; lines: string[] } {
  const untouched = restored.length === 0 && kept.length === 0 && rolledBack.length === 0
  return {
    title: untouched ? `Everything already was as before turn ${number}` : `Restored what was before turn ${number}`,
    lines: [
      ...(restored.length === 0 ? [] : [`${files(restored.length)} changed back.`]),
      ...(rolledBack.length === 0
        ? []
        : [`${rolledBack.length === 1 ? '1 turn is' : `${rolledBack.length} turns are`} no longer part of the conversation.`]),
      ...kept.slice(0, mostNamed).map(({ path, why }) => `${path}: ${reasons[why]}`),
      ...(kept.length > mostNamed ? [`and ${kept.length - mostNamed} more that keep something.`] : []),
    ],
  }
}

const reasons: Record<Restored['kept'][number]['why'], string> = {
  edited_since: 'keeps what people wrote since.',
  path_taken: 'could not come back, its place is taken.',
  not_stored: 'could not come back, its content is not stored.',
}
