'use client'

import { useOpenCount } from '#review/use-changes.ts'
import { useWaiting } from '#review/use-threads.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { Files, FileDiff, MessagesSquare, Search, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { displayKeys } from '#ui/key-combination.ts'
import { useMac } from '#ui/use-mac.ts'

/** What the side panel can show. */
export type SideView = 'files' | 'search' | 'changes' | 'threads' | 'people'

type ActivityBarProps = {
  /** Undefined while the side panel is closed. */
  shown: SideView | undefined
  onPress(view: SideView): void
}

/** Switches what the side panel shows. */
export function ActivityBar({ shown, onPress }: ActivityBarProps) {
  const open = useOpenCount()
  const waiting = useWaiting()
  return (
    <nav aria-label="Side panel" className="flex w-11 shrink-0 flex-col items-center gap-1 border-r border-line bg-bg-1 pt-1.5">
      <ViewButton label="Files" keys="Mod+Shift+E" pressed={shown === 'files'} onPress={() => onPress('files')}>
        <Files size={17} strokeWidth={1.75} aria-hidden />
      </ViewButton>
      <ViewButton label="Search" keys="Mod+Shift+F" pressed={shown === 'search'} onPress={() => onPress('search')}>
        <Search size={17} strokeWidth={1.75} aria-hidden />
      </ViewButton>
      <ViewButton
        label={open === 0 ? 'Changes' : `Changes, ${open} to decide`}
        keys="Mod+Shift+G"
        pressed={shown === 'changes'}
        onPress={() => onPress('changes')}
      >
        <FileDiff size={17} strokeWidth={1.75} aria-hidden />
        {open > 0 && (
          <span
            aria-hidden
            className="absolute -top-0.5 -right-1 min-w-4 rounded-full bg-ember px-1 text-center text-[9.5px] leading-4 font-semibold text-on-ember tabular-nums"
          >
            {open > 99 ? '99+' : open}
          </span>
        )}
      </ViewButton>
      <ViewButton label="People" keys="Mod+Alt+P" pressed={shown === 'people'} onPress={() => onPress('people')}>
        <Users size={17} strokeWidth={1.75} aria-hidden />
      </ViewButton>
      <ViewButton
        label={waiting === 0 ? 'Review threads' : `Review threads, ${waiting} waiting for you`}
        keys="Mod+Alt+R"
        pressed={shown === 'threads'}
        onPress={() => onPress('threads')}
      >
        <MessagesSquare size={17} strokeWidth={1.75} aria-hidden />
        {waiting > 0 && (
          <span
            aria-hidden
            className="absolute -top-0.5 -right-1 min-w-4 rounded-full bg-info px-1 text-center text-[9.5px] leading-4 font-semibold text-bg-0 tabular-nums"
          >
            {waiting > 99 ? '99+' : waiting}
          </span>
        )}
      </ViewButton>
    </nav>
  )
}

type ViewButtonProps = { label: string; keys: string; pressed: boolean; onPress(): void; children: ReactNode }

function ViewButton({ label, keys, pressed, onPress, children }: ViewButtonProps) {
  const mac = useMac()
  return (
    <IconButton
      label={label}
      keys={displayKeys(keys, mac)}
      side="right"
      aria-pressed={pressed}
      onClick={onPress}
      className="relative size-8 aria-pressed:bg-bg-3 aria-pressed:text-text-1"
    >
      {children}
    </IconButton>
  )
}
