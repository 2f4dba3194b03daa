/** Name of the cookie that holds a chosen theme; without it the system's preference decides. */
export const themeCookie = 'flint-theme'

export type Theme = 'dark' | 'light'

/** The theme named by a cookie's value, or undefined where none was chosen. */
export function themeFromCookie(value: string | undefined): Theme | undefined {
  return value === 'dark' || value === 'light' ? value : undefined
}

/** Runs before the first paint where no theme was chosen. */
export const systemThemeScript =
  "document.documentElement.dataset.theme=matchMedia('(prefers-color-scheme: light)').matches?'light':'dark'"
