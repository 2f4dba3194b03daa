import type { FileNode, Participant } from '#protocol/sessions.ts'
import type { Audience } from './audience-switch.tsx'
import { assistant } from './message-names.ts'
import { rankedFiles } from './mentions.ts'

/** What an `@` can become. */
export type MentionOption =
  | { kind: 'file'; id: string; label: string; detail: string }
  | { kind: 'person'; id: string; label: string; detail: string; colour: number }
  | { kind: 'assistant'; id: string; label: string; detail: string }

const most = 8

/**
 * Who and what fits what is typed behind an `@`. Whoever writes to the people means a person first; whoever prompts means a file, and a
 * person only at the very beginning, which addresses the people (`atStart`).
 */
export function mentionOptions(
  { files, participants, you }: { files: readonly FileNode[]; participants: readonly Participant[]; you: string | undefined },
  { query, audience, atStart }: { query: string; audience: Audience; atStart: boolean },
): MentionOption[] {
  const wanted = query.toLowerCase()
  const fits = (name: string) =>
    name
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) || name.toLowerCase().startsWith(wanted)
  const people = participants
    .filter(({ participantId, name, removed }) => participantId !== you && !removed && fits(name))
    .map(({ participantId: id, name: label, role: detail, colour }): MentionOption => ({
      kind: 'person',
      id,
      label,
      detail,
      colour,
    }))
  const found = rankedFiles(files, query).map(({ fileId: id, path }): MentionOption => {
    const cut = path.lastIndexOf('/') + 1
    return { kind: 'file', id, label: path.slice(cut), detail: path.slice(0, cut) }
  })
  if (audience === 'assistant')
    return [...found.slice(0, atStart && people.length > 0 ? most - 2 : most), ...(atStart ? people : [])].slice(0, most)
  const machine: MentionOption[] = fits(assistant.name)
    ? [{ kind: 'assistant', id: assistant.id, label: assistant.name, detail: 'offers it as a prompt' }]
    : []
  return [...people, ...machine, ...found].slice(0, most)
}
