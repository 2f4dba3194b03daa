import { layoutCookie, layoutFromCookie } from '#workbench/layout-cookie.ts'
import { Workbench } from '#workbench/workbench.tsx'
import { cookies } from 'next/headers'

export default async function Page({ params }: { params: Promise<{ sessionId: string }> }) {
  const { sessionId } = await params
  const layout = layoutFromCookie((await cookies()).get(layoutCookie)?.value)
  return <Workbench sessionId={sessionId} initialLayout={layout} />
}
