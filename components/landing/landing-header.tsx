import type { BackendInfo } from '#protocol/sessions.ts'
import { Mark } from '#ui/mark.tsx'
import { ThemeToggle } from '#ui/theme-toggle.tsx'
import type { Resource } from './use-resource.ts'

function ModelState({ backends }: { backends: BackendInfo[] }) {
  const live = backends.find((backend) => backend.kind === 'live')
  return (
    <span className="flex min-w-0 items-center gap-2 text-small text-text-2">
      <span aria-hidden className={`size-1.5 shrink-0 rounded-full ${live ? 'bg-ok' : 'bg-text-3'}`} />
      <span className="truncate">{live ? `${live.name} · ${live.models[0] ?? 'no model'}` : 'Recorded answers'}</span>
    </span>
  )
}

export function LandingHeader({ status }: { status: Resource<{ backends: BackendInfo[] }> }) {
  return (
    <header className="border-b border-line bg-bg-1">
      <div className="mx-auto flex h-11 max-w-270 items-center gap-2.5 px-4 wide:px-8">
        <Mark size={20} />
        <span className="text-[14px] font-semibold">Flint</span>
        <span className="flex-1" />
        {status.status === 'ready' && <ModelState backends={status.value.backends} />}
        <ThemeToggle />
      </div>
    </header>
  )
}
