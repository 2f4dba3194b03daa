import { File, FileImage } from 'lucide-react'
import { baseName } from './tree-path.ts'

const labels: Record<string, [label: string, className: string]> = {
  ts: ['TS', 'text-p1'],
  mts: ['TS', 'text-p1'],
  cts: ['TS', 'text-p1'],
  tsx: ['TX', 'text-p1'],
  js: ['JS', 'text-p5'],
  mjs: ['JS', 'text-p5'],
  cjs: ['JS', 'text-p5'],
  jsx: ['JX', 'text-p5'],
  json: ['{}', 'text-p5'],
  html: ['<>', 'text-p4'],
  svg: ['<>', 'text-p3'],
  xml: ['<>', 'text-text-3'],
  css: ['#', 'text-p3'],
  scss: ['#', 'text-p3'],
  md: ['M↓', 'text-p4'],
  py: ['PY', 'text-p2'],
  go: ['GO', 'text-p4'],
  rs: ['RS', 'text-p5'],
  java: ['J', 'text-p5'],
  c: ['C', 'text-p1'],
  h: ['H', 'text-p1'],
  cpp: ['C+', 'text-p1'],
  sh: ['$', 'text-p2'],
  sql: ['Q', 'text-p3'],
  yaml: ['Y', 'text-text-3'],
  yml: ['Y', 'text-text-3'],
  toml: ['T', 'text-text-3'],
}

const images = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'ico', 'bmp'])

/** A small sign of the file's language, by extension. */
export function FileIcon({ path }: { path: string }) {
  const name = baseName(path)
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : ''
  const [label, className] = labels[extension] ?? []
  if (label === undefined) {
    const Icon = images.has(extension) ? FileImage : File
    return <Icon size={12} aria-hidden className="mx-0.5 shrink-0 text-text-3" />
  }
  return (
    <span
      aria-hidden
      className={`w-4 shrink-0 text-center font-mono text-[9px] leading-none font-bold tracking-tight ${className}`}
    >
      {label}
    </span>
  )
}
