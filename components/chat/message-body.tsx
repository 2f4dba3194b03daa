'use client'

import { memo, type ReactNode } from 'react'
import { useSession } from '#session/session-provider.tsx'
import { mentionScheme, messageLinks, placeIn, placeScheme, shielded } from './message-links.ts'
import { ProseLink, PlainProse } from './prose.tsx'
import { useOpenPlace } from './open-place.ts'
import { usePerson } from './use-person.ts'

const plugins = [messageLinks]
const components: Parameters<typeof PlainProse>[0]['components'] = {
  a: ({ href, children }) => <MessageLink href={href}>{children}</MessageLink>,
}

/** What a person wrote, as markdown without anything that acts by itself; mentions by the names of now, `file:line` opens. */
export const MessageBody = memo(function MessageBody({ body }: { body: string }) {
  return <PlainProse text={shielded(body)} plugins={plugins} components={components} />
})

function MessageLink({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  if (href?.startsWith(mentionScheme)) return <Mention id={href.slice(mentionScheme.length)} />
  if (href?.startsWith(placeScheme)) return <PlaceLink href={href}>{children}</PlaceLink>
  return <ProseLink href={href}>{children}</ProseLink>
}

function Mention({ id }: { id: string }) {
  const person = usePerson(id)
  if (id === 'assistant') return <span className="rounded-[4px] bg-ember-dim px-1 text-ember-text">@assistant</span>
  return (
    <span className={`rounded-[4px] px-1 font-medium ${person.you ? 'bg-info/20 text-info' : 'bg-bg-3 text-text-1'}`}>
      @{person.name}
    </span>
  )
}

/** `src/game.ts:21`, as a way there where there is such a file. */
function PlaceLink({ href, children }: { href: string; children: ReactNode }) {
  const open = useOpenPlace()
  const { path, line } = placeIn(href) ?? { path: '', line: 1 }
  const files = useSession((state) => state.files)
  const file = files.find((one) => one.path === path) ?? files.find((one) => one.path.endsWith(`/${path}`))
  if (file === undefined) return <span>{children}</span>
  return (
    <button
      type="button"
      onClick={() => open(file.fileId, line)}
      aria-label={`Open ${path} at line ${line}`}
      className="text-info underline underline-offset-2"
    >
      {children}
    </button>
  )
}
