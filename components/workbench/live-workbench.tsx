'use client'

import { Entrance } from '#sharing/entrance.tsx'
import { SessionProvider, useSession } from '#session/session-provider.tsx'
import { ToastHost } from '#ui/toast.tsx'
import { useTheme } from '#ui/theme.ts'
import { TooltipProvider } from '#ui/tooltip.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { isDeadEnd } from './connection-wording.ts'
import { DeadEnd } from './dead-end.tsx'
import { Frame } from './frame.tsx'
import type { WorkbenchLayout } from './layout-cookie.ts'
import { ReviewRoom } from './review-room.tsx'
import { Skeleton } from './skeleton.tsx'

type LiveWorkbenchProps = { sessionId: string; initialLayout: WorkbenchLayout }

/** The workbench with its connection: the frame once the session is known, and until then a sketch of it in the same places. */
export function LiveWorkbench({ sessionId, initialLayout }: LiveWorkbenchProps) {
  const theme = useTheme()
  return (
    <Entrance sessionId={sessionId} waiting={<Skeleton layout={initialLayout} />}>
      <SessionProvider sessionId={sessionId}>
        <TooltipProvider>
          <Content sessionId={sessionId} initialLayout={initialLayout} />
          <ToastHost theme={theme} />
        </TooltipProvider>
      </SessionProvider>
    </Entrance>
  )
}

function Content({ sessionId, initialLayout }: LiveWorkbenchProps) {
  const loaded = useSession((state) => state.loaded)
  const connection = useSession((state) => state.connection)
  if (isDeadEnd(connection)) return <DeadEnd sessionId={sessionId} connection={connection} />
  if (loaded) {
    return (
      <ReviewRoom>
        <Frame sessionId={sessionId} initialLayout={initialLayout} />
      </ReviewRoom>
    )
  }
  return (
    <>
      <ConnectionBanner floating />
      <Skeleton layout={initialLayout} />
    </>
  )
}
