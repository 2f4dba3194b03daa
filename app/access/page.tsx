import { AccessForm } from '#landing/access-form.tsx'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Password' }

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams
  return <AccessForm next={typeof next === 'string' ? next : '/'} />
}
