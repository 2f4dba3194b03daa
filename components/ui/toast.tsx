'use client'

import { Toaster as Sonner } from 'sonner'
import type { Theme } from './theme.ts'

export { toast } from 'sonner'

/** Where toasts appear; once per page. */
export function ToastHost({ theme }: { theme: Theme }) {
  return (
    <Sonner
      theme={theme}
      position="bottom-left"
      // Above the review bar.
      offset={{ bottom: 136, left: 16 }}
      mobileOffset={{ bottom: 172 }}
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex font-sans w-[min(400px,calc(100vw-32px))] items-center gap-2.5 rounded-card border border-line-strong bg-bg-3 px-3 py-2.5 text-ui text-text-1 shadow-float',
          content: 'min-w-0 flex-1',
          description: 'text-text-2 whitespace-pre-line',
          error: '[&_[data-icon]]:text-bad',
          success: '[&_[data-icon]]:text-ok',
          cancelButton: 'h-6 shrink-0 rounded-control border border-line-strong bg-bg-2 px-2 text-small hover:bg-bg-hover',
          actionButton: 'h-6 shrink-0 rounded-control border border-line-strong bg-bg-2 px-2 text-small hover:bg-bg-hover',
        },
      }}
    />
  )
}
