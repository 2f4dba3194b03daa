'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Group, Panel, Separator, type PanelImperativeHandle } from 'react-resizable-panels'
import type { WorkbenchLayout } from './layout-cookie.ts'

type WidePanelsProps = {
  layout: WorkbenchLayout
  onLayout(change: Partial<WorkbenchLayout>): void
  side: ReactNode
  center: ReactNode
  chat: ReactNode
}

const minimum = { side: 160, center: 280, chat: 280 }
const separatorClass =
  'relative w-px shrink-0 bg-line outline-none after:absolute after:inset-y-0 after:-left-px after:z-10 after:w-[3px] after:transition-colors hover:after:bg-line-strong focus-visible:after:bg-focus data-[separator=active]:after:bg-line-strong'

/** Side panel, editor and chat beside each other. A closed panel keeps its content, out of reach. */
export function WidePanels({ layout, onLayout, side, center, chat }: WidePanelsProps) {
  const sidePanel = useRef<PanelImperativeHandle>(null)
  const chatPanel = useRef<PanelImperativeHandle>(null)
  const [initial] = useState(layout)

  useEffect(() => follow(sidePanel.current, layout.sideOpen, layout.sideWidth), [layout.sideOpen, layout.sideWidth])
  useEffect(() => follow(chatPanel.current, layout.chatOpen, layout.chatWidth), [layout.chatOpen, layout.chatWidth])

  const settle = () => {
    const sideWidth = Math.round(sidePanel.current?.getSize().inPixels ?? 0)
    const chatWidth = Math.round(chatPanel.current?.getSize().inPixels ?? 0)
    onLayout({
      sideOpen: sideWidth > 0,
      chatOpen: chatWidth > 0,
      ...(sideWidth > 0 && { sideWidth }),
      ...(chatWidth > 0 && { chatWidth }),
    })
  }

  return (
    <Group
      className="min-h-0 flex-1"
      onLayoutChanged={(_layout, { isUserInteraction }) => {
        if (isUserInteraction) settle()
      }}
    >
      <Panel
        id="side"
        panelRef={sidePanel}
        collapsible
        minSize={minimum.side}
        maxSize={520}
        defaultSize={initial.sideOpen ? initial.sideWidth : 0}
        groupResizeBehavior="preserve-pixel-size"
      >
        <div inert={!layout.sideOpen} className="h-full overflow-hidden bg-bg-1">
          {side}
        </div>
      </Panel>
      <Separator className={separatorClass} aria-label="Width of the side panel" />
      <Panel id="center" minSize={minimum.center}>
        {center}
      </Panel>
      <Separator className={separatorClass} aria-label="Width of the chat" />
      <Panel
        id="chat"
        panelRef={chatPanel}
        collapsible
        minSize={minimum.chat}
        maxSize="60"
        defaultSize={initial.chatOpen ? initial.chatWidth : 0}
        groupResizeBehavior="preserve-pixel-size"
      >
        <div inert={!layout.chatOpen} className="h-full overflow-hidden bg-bg-1">
          {chat}
        </div>
      </Panel>
    </Group>
  )
}

/** Brings a panel to where the layout says it is; does nothing where the person just dragged it there. */
function follow(panel: PanelImperativeHandle | null, open: boolean, widthPx: number): void {
  if (!panel) return
  const isOpen = panel.getSize().inPixels > 0
  if (open && !isOpen) panel.resize(widthPx)
  if (!open && isOpen) panel.collapse()
}
