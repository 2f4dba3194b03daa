'use client'

import { useSession } from '#session/session-provider.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ShownOnce } from '#ui/shown-once.tsx'
import { useId, useState, type ReactNode } from 'react'
import { ApprovalSwitch } from './approval-switch.tsx'
import { AskingSwitch } from './asking-switch.tsx'
import { LinkList } from './link-list.tsx'
import { NewLink } from './new-link.tsx'
import { PeopleList } from './people-list.tsx'
import { RecoverySection } from './recovery-section.tsx'
import { UnencryptedNotice } from './unencrypted-notice.tsx'

type ShareDialogProps = { sessionId: string; open: boolean; onOpenChange(open: boolean): void }

/** Who is in the session and who may come in. */
export function ShareDialog({ sessionId, open, onOpenChange }: ShareDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Share this session" className="w-[min(640px,calc(100vw-24px))]">
      {open && <Contents sessionId={sessionId} />}
    </Dialog>
  )
}

function Contents({ sessionId }: { sessionId: string }) {
  const sharing = useSession((state) => state.sharing)
  const [now] = useState(() => Date.now())
  /** Of the link that was made last. */
  const [secret, setSecret] = useState<string | undefined>(undefined)
  return (
    <>
      {sharing === null ? (
        <p className="pb-3 text-text-2">Only owners of the session make links and change roles.</p>
      ) : (
        <>
          <Section title="Invite by link">
            <NewLink onSecret={setSecret} />
            {secret !== undefined && (
              <div className="pt-3">
                <ShownOnce
                  key={secret}
                  label="The new link"
                  value={`${window.location.origin}/s/${sessionId}#${secret}`}
                  note="The link is shown only now: Flint keeps no copy that could be read. Whoever has it can come in, so send it to nobody else."
                />
              </div>
            )}
            <UnencryptedNotice />
            <div className="pt-3">
              <LinkList sharing={sharing} now={now} onSecret={setSecret} />
            </div>
            <div className="pt-3">
              <ApprovalSwitch />
            </div>
          </Section>
        </>
      )}
      <Section title="People">
        <PeopleList sharing={sharing} onSecret={setSecret} />
      </Section>
      <Section title="Assistant">
        <AskingSwitch mayChange={sharing !== null} />
      </Section>
      {sharing !== null && (
        <Section title="If this browser forgets you">
          <RecoverySection sharing={sharing} />
        </Section>
      )}
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="pb-5">
      <h3 id={id} className="pb-2 font-semibold">
        {title}
      </h3>
      {children}
    </section>
  )
}
