import { createHash } from 'node:crypto'

const qualities = [
  'Amber',
  'Bold',
  'Bright',
  'Calm',
  'Clever',
  'Copper',
  'Eager',
  'Gentle',
  'Golden',
  'Happy',
  'Keen',
  'Kind',
  'Lively',
  'Lucky',
  'Merry',
  'Nimble',
  'Noble',
  'Quick',
  'Quiet',
  'Silver',
  'Snowy',
  'Sunny',
  'Swift',
  'Witty',
] as const
const animals = [
  'Badger',
  'Beaver',
  'Crane',
  'Dolphin',
  'Falcon',
  'Ferret',
  'Finch',
  'Fox',
  'Gecko',
  'Heron',
  'Ibis',
  'Koala',
  'Lark',
  'Lynx',
  'Marten',
  'Newt',
  'Otter',
  'Owl',
  'Panda',
  'Puffin',
  'Raven',
  'Robin',
  'Seal',
  'Wren',
] as const

/** A name for somebody who has not chosen one: always the same for one visit, such as "Nimble Otter". */
export function guestName(visitId: string): string {
  const digest = createHash('sha256').update(visitId).digest()
  const pick = (words: readonly string[], at: number) => words[digest.readUInt32BE(at) % words.length] ?? ''
  return `${pick(qualities, 0)} ${pick(animals, 4)}`
}
