'use client'

import { ChatPanel, type ChatPanelProps } from '#chat/chat-panel.tsx'
import { useSyncExternalStore } from 'react'
import type { CursorStore } from './cursor-store.ts'

/** The chat, told what is selected in the editor. */
export function ChatPane({ cursor, ...rest }: Omit<ChatPanelProps, 'selection'> & { cursor: CursorStore }) {
  const selection = useSyncExternalStore(cursor.subscribe, cursor.readSelection, cursor.readSelection)
  return <ChatPanel {...rest} selection={selection} />
}
