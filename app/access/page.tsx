import { AccessForm } from '#landing/access-form.tsx'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Password' }

export default async function Page({ searchParams }: { searchParams: Promise<{ to?: string | string[] }> }) {
  const { to } = await searchParams
  return <AccessForm to={typeof to === 'string' ? to : '/'} />
}
