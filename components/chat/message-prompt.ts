import type { Participant } from '#protocol/sessions.ts'
import { assistant, withNames } from './message-names.ts'

type Named = Pick<Participant, 'participantId' | 'name'>

/** What a message asks of the assistant, as a prompt: without its name. */
export function promptOf(body: string, people: readonly Named[]): string {
  const asked = body.replaceAll(new RegExp(`[ \\t]*<@${assistant.id}>[,:]?[ \\t]*`, 'g'), ' ')
  return named(asked, people).trim()
}

/** A message as a quotation to put before a prompt: the assistant reads what people write to each other only where one of them shows it. */
export function quoteOf(body: string, author: string, people: readonly Named[]): string {
  const lines = named(body, people).split('\n')
  return `${author} wrote:\n${lines.map((line) => `> ${line}`).join('\n')}\n\n`
}

function named(body: string, people: readonly Named[]): string {
  return withNames(body, (id) => people.find(({ participantId }) => participantId === id)?.name ?? id)
}
