'use client'

import { permits } from '#protocol/roles.ts'
import type { LinkLook } from '#protocol/sharing.ts'
import type { CallFailure } from '#session/http-call.ts'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { hasSecret, takeSecret } from './arrived-secret.ts'
import { joinThroughLink, lookAtLink } from './join-calls.ts'
import { JoinPage } from './join-page.tsx'
import { LinkDeadEnd } from './link-dead-end.tsx'

type Step =
  | { at: 'inside' }
  | { at: 'looking' }
  | { at: 'asking'; secret: string; link: LinkLook }
  | { at: 'refused'; secret: string; code: CallFailure }

type EntranceProps = { sessionId: string; waiting: ReactNode; children: ReactNode }

/** Where an address with a link's secret is opened: exchanges it for a place in the session, then shows the session. */
export function Entrance({ sessionId, waiting, children }: EntranceProps) {
  const [step, setStep] = useState<Step>(() => ({ at: hasSecret() ? 'looking' : 'inside' }))

  const look = async (secret: string) => {
    setStep({ at: 'looking' })
    const seen = await lookAtLink(sessionId, secret)
    if (!seen.ok) return setStep({ at: 'refused', secret, code: seen.code })
    const { you, role } = seen.value
    if (you === undefined) return setStep({ at: 'asking', secret, link: seen.value })
    if (!permits(you.role, role)) await joinThroughLink(sessionId, secret)
    setStep({ at: 'inside' })
  }

  const arrived = useEffectEvent(() => {
    const secret = takeSecret()
    if (secret !== undefined) void look(secret)
  })
  useEffect(() => {
    const arrive = () => arrived()
    arrive()
    // A link that is pasted over this very address loads nothing anew.
    window.addEventListener('hashchange', arrive)
    return () => window.removeEventListener('hashchange', arrive)
  }, [])

  switch (step.at) {
    case 'inside':
      return children
    case 'looking':
      return waiting
    case 'asking':
      return (
        <JoinPage
          link={step.link}
          join={(name) => joinThroughLink(sessionId, step.secret, name)}
          onJoined={() => setStep({ at: 'inside' })}
          onRefused={(code) => setStep({ at: 'refused', secret: step.secret, code })}
        />
      )
    case 'refused':
      return <LinkDeadEnd code={step.code} onRetry={() => void look(step.secret)} />
  }
}
