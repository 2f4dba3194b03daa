import { RecoveryForm } from '#landing/recovery-form.tsx'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Recovery' }
// A page that is rendered ahead of time gets no nonce, and its scripts do not run.
export const dynamic = 'force-dynamic'

export default function Page() {
  return <RecoveryForm />
}
