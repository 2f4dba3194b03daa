import { Mark } from './mark.tsx'

type Step = { label: string; href: string; onClick?: undefined } | { label: string; href?: undefined; onClick(): void }

type NoticeProps = {
  title: string
  /** What happened. */
  what: string
  /** What is safe. */
  safe?: string
  /** What to do. */
  doNext?: Step
  otherwise?: Step
  /** For the server's log or a report; shown small. */
  detail?: string | undefined
}

const primaryClass = 'inline-flex h-8 items-center rounded-control bg-strong px-3.5 font-medium text-on-strong hover:opacity-90'
const secondaryClass = 'inline-flex h-8 items-center rounded-control border border-line-strong px-3.5 hover:bg-bg-hover'

function StepLink({ step, className }: { step: Step; className: string }) {
  if (step.href !== undefined)
    return (
      <a href={step.href} className={className}>
        {step.label}
      </a>
    )
  return (
    <button type="button" onClick={step.onClick} className={className}>
      {step.label}
    </button>
  )
}

/** A whole page that says what happened, what is safe and what to do. */
export function Notice({ title, what, safe, doNext, otherwise, detail }: NoticeProps) {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg-0 p-6">
      <div className="w-full max-w-105">
        <Mark size={28} />
        <h1 className="pt-5 text-[20px] leading-7 font-semibold">{title}</h1>
        <p className="pt-2 text-text-2">{what}</p>
        {safe && <p className="pt-2 text-text-2">{safe}</p>}
        {(doNext ?? otherwise) && (
          <div className="flex flex-wrap gap-2 pt-6">
            {doNext && <StepLink step={doNext} className={primaryClass} />}
            {otherwise && <StepLink step={otherwise} className={secondaryClass} />}
          </div>
        )}
        {detail && <p className="pt-6 font-mono text-small break-words text-text-3">{detail}</p>}
      </div>
    </main>
  )
}
