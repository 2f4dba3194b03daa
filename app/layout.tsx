import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import './globals.css'
import { themeCookie, themeFromCookie, systemThemeScript } from '#ui/theme-cookie.ts'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { preloadFonts } from './preload-fonts.ts'

// The content security policy carries a nonce per request, which a prerendered page would not have.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: 'Flint', template: '%s · Flint' },
  description: 'An editor in which people and a very fast model write the same files at the same time.',
  icons: { icon: '/favicon.svg' },
  robots: { index: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#121519' },
    { media: '(prefers-color-scheme: light)', color: '#f9fafb' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  preloadFonts()
  const theme = themeFromCookie((await cookies()).get(themeCookie)?.value)
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1]
  return (
    <html lang="en" data-theme={theme ?? 'dark'} suppressHydrationWarning>
      <head>
        {!theme && <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: systemThemeScript }} />}
      </head>
      <body>{children}</body>
    </html>
  )
}
