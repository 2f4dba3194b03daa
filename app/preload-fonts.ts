import { preload } from 'react-dom'

/** The faces that every page shows at once. The bundler gives them the same address as the style sheet does. */
const faces = [
  new URL('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', import.meta.url),
  new URL('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2', import.meta.url),
]

/** Asks for the fonts with the page itself, so that text does not change its face after it is shown. */
export function preloadFonts(): void {
  for (const face of faces) preload(String(face), { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
}
