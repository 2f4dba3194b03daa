import type { Person } from './people-here.ts'

/** Where somebody is, such as `src/game.ts:12`; undefined where they are in no file that is (still) there. */
export function placeOf({ here }: Person, pathOf: (fileId: string) => string | undefined): string | undefined {
  if (here === undefined || here.fileId === null) return undefined
  const path = pathOf(here.fileId)
  if (path === undefined) return undefined
  return here.line === undefined ? path : `${path}:${here.line}`
}

/** What somebody does; nothing where they just look. */
export function activityOf({ here }: Person): string | undefined {
  switch (here?.state) {
    case 'typing':
      return 'typing'
    case 'messaging':
      return 'writing a message'
    case 'idle':
      return 'idle'
    default:
      return undefined
  }
}

/** Several names as one: "Mara", "Mara and Jonas", "Mara, Jonas and 2 others". */
export function namesOf(names: readonly string[]): string {
  const [one = '', two = '', ...more] = names
  if (names.length < 2) return one
  if (names.length === 2) return `${one} and ${two}`
  if (names.length === 3) return `${one}, ${two} and ${more[0] ?? ''}`
  return `${one}, ${two} and ${more.length} others`
}
