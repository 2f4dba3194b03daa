'use client'

import { IconButton } from '#ui/icon-button.tsx'
import { Files } from 'lucide-react'
import { displayKeys } from './key-combination.ts'
import { useMac } from './use-shortcuts.ts'

type ActivityBarProps = { filesShown: boolean; onFiles(): void }

/** Switches what the side panel shows. */
export function ActivityBar({ filesShown, onFiles }: ActivityBarProps) {
  const mac = useMac()
  return (
    <nav aria-label="Side panel" className="flex w-11 shrink-0 flex-col items-center gap-1 border-r border-line bg-bg-1 pt-1.5">
      <IconButton
        label="Files"
        keys={displayKeys('Mod+Shift+E', mac)}
        side="right"
        aria-pressed={filesShown}
        onClick={onFiles}
        className="size-8 aria-pressed:bg-bg-3 aria-pressed:text-text-1"
      >
        <Files size={17} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </nav>
  )
}
