import type { Turn } from '#protocol/turns.ts'

type Target = NonNullable<Turn['target']>

export function targetJson({ fileId, start, end }: Target): string {
  return JSON.stringify({ fileId, start: Buffer.from(start).toString('base64'), end: Buffer.from(end).toString('base64') })
}

export function targetOf(json: string): Target {
  const { fileId, start, end } = JSON.parse(json) as { fileId: string; start: string; end: string }
  return { fileId, start: new Uint8Array(Buffer.from(start, 'base64')), end: new Uint8Array(Buffer.from(end, 'base64')) }
}
