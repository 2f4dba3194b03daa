'use client'

import { UnreadBadge } from '#chat/unread-badge.tsx'
import { PeopleBar } from '#people/people-bar.tsx'
import type { FollowTarget } from '#session/leader.ts'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Mark } from '#ui/mark.tsx'
import { ThemeToggle } from '#ui/theme-toggle.tsx'
import { Kbd } from '#ui/kbd.tsx'
import { PanelLeft, PanelRight, Search, UserPlus } from 'lucide-react'
import { displayKeys } from '#ui/key-combination.ts'
import type { CommandRunners } from './commands.ts'
import { SessionName } from './session-name.tsx'
import { useMac } from '#ui/use-mac.ts'

type TopBarProps = {
  run: CommandRunners
  renaming: boolean
  onRenaming(renaming: boolean): void
  follow: FollowTarget
  onFollow(target: FollowTarget): void
  /** Absent where the panels are shown one at a time. */
  panels?: { sideOpen: boolean; chatOpen: boolean }
}

export function TopBar({ run, renaming, onRenaming, follow, onFollow, panels }: TopBarProps) {
  const mac = useMac()
  return (
    <header className="grid h-11 shrink-0 grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3 border-b border-line bg-bg-1 px-3">
      <div className="flex min-w-0 items-center gap-2">
        <a href="/" aria-label="Flint: all sessions" className="flex shrink-0 items-center gap-2.5 rounded-control">
          <Mark size={20} />
          <span className="text-[14px] font-semibold">Flint</span>
        </a>
        <span aria-hidden className="text-line-strong">
          /
        </span>
        <SessionName renaming={renaming} onRenaming={onRenaming} />
      </div>
      <button
        type="button"
        onClick={run.goToFile}
        aria-label="Go to file or run a command"
        className="hidden h-7 w-75 items-center gap-2 rounded-control border border-line bg-bg-2 px-2 text-text-3 hover:border-line-strong hover:text-text-2 wide:flex"
      >
        <Search size={13} aria-hidden />
        <span className="flex-1 truncate text-left">Go to file or command</span>
        <Kbd keys={displayKeys('Mod+P', mac)} />
      </button>
      <span className="wide:hidden" />
      <div className="flex items-center justify-end gap-1">
        <IconButton label="Go to file or command" onClick={run.goToFile} className="wide:hidden">
          <Search size={15} aria-hidden />
        </IconButton>
        <PeopleBar follow={follow} onFollow={onFollow} onShowAll={run.showPeople} />
        <Button size="small" onClick={run.shareSession} aria-label="Share the session">
          <UserPlus size={13} aria-hidden />
          <span className="hidden wide:inline">Share</span>
        </Button>
        {panels && (
          <>
            <IconButton
              label={panels.sideOpen ? 'Hide the side panel' : 'Show the side panel'}
              keys={displayKeys('Mod+B', mac)}
              onClick={run.toggleSide}
            >
              <PanelLeft size={15} aria-hidden />
            </IconButton>
            <IconButton
              label={panels.chatOpen ? 'Hide the chat' : 'Show the chat'}
              keys={displayKeys('Mod+Alt+B', mac)}
              onClick={run.toggleChat}
              className="relative"
            >
              <PanelRight size={15} aria-hidden />
              {!panels.chatOpen && <UnreadBadge />}
            </IconButton>
          </>
        )}
        <ThemeToggle />
      </div>
    </header>
  )
}
