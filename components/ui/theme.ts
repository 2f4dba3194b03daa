'use client'

import { useSyncExternalStore } from 'react'
import { themeCookie, type Theme } from './theme-cookie.ts'

export type { Theme }

const changed = 'flint:theme'
const lightQuery = '(prefers-color-scheme: light)'

function current(): Theme {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}

function show(theme: Theme): void {
  const root = document.documentElement
  // In one frame: what fades its colours would be unreadable on the way. The second frame is the first that shows the new ones.
  root.dataset['themeSwitch'] = ''
  root.dataset['theme'] = theme
  requestAnimationFrame(() => requestAnimationFrame(() => delete root.dataset['themeSwitch']))
  window.dispatchEvent(new Event(changed))
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(lightQuery)
  const follow = () => {
    if (!document.cookie.includes(`${themeCookie}=`)) show(query.matches ? 'light' : 'dark')
  }
  query.addEventListener('change', follow)
  window.addEventListener(changed, listener)
  return () => {
    query.removeEventListener('change', follow)
    window.removeEventListener(changed, listener)
  }
}

/** The theme that is shown. The document element holds it, so that it stands before the first paint. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current, () => 'dark')
}

/** Shows `theme` from now on, on this browser. */
function chooseTheme(theme: Theme): void {
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax`
  show(theme)
}

export function toggleTheme(): void {
  chooseTheme(current() === 'dark' ? 'light' : 'dark')
}
