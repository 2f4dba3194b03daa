'use client'

import { Moon, Sun } from 'lucide-react'
import { IconButton } from './icon-button.tsx'
import { toggleTheme, useTheme } from './theme.ts'

export function ThemeToggle() {
  const theme = useTheme()
  return (
    <IconButton label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'} onClick={toggleTheme}>
      {theme === 'dark' ? <Sun size={15} aria-hidden /> : <Moon size={15} aria-hidden />}
    </IconButton>
  )
}
