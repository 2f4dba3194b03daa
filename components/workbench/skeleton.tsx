import { Mark } from '#ui/mark.tsx'
import type { WorkbenchLayout } from './layout-cookie.ts'

const line = (width: number, key: number) => (
  <div key={key} className="h-2 animate-breathe rounded-full bg-bg-3" style={{ width }} />
)

/** The frame's places before its content is known; nothing moves when the content arrives. */
export function Skeleton({ layout }: { layout: WorkbenchLayout }) {
  return (
    <div
      aria-busy="true"
      aria-label="Opening the session"
      role="status"
      className="flex h-dvh flex-col overflow-hidden bg-bg-0"
    >
      <div className="flex h-11 shrink-0 items-center gap-2.5 border-b border-line bg-bg-1 px-3">
        <Mark size={20} />
        <span className="text-[14px] font-semibold">Flint</span>
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="hidden w-11 shrink-0 border-r border-line bg-bg-1 wide:block" />
        {layout.sideOpen && (
          <div
            className="hidden shrink-0 flex-col gap-4 border-r border-line bg-bg-1 px-3 pt-11 wide:flex"
            style={{ width: layout.sideWidth + 1 }}
          >
            {[92, 128, 110, 74, 136].map(line)}
          </div>
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="h-8.5 shrink-0 border-b border-line bg-bg-1" />
          <div className="flex flex-1 flex-col gap-3 bg-bg-2 px-16 pt-4">{[180, 260, 220, 120, 300, 240].map(line)}</div>
        </div>
        {layout.chatOpen && (
          <div className="hidden shrink-0 border-l border-line bg-bg-1 wide:block" style={{ width: layout.chatWidth + 1 }}>
            <div className="h-8.5 border-b border-line" />
          </div>
        )}
      </div>
      <div className="h-6.5 shrink-0 border-t border-line bg-bg-1" />
    </div>
  )
}
