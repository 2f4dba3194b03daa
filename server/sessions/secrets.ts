import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 144 random bits, so that a plain hash is enough to keep. */
export function newSecret(): string {
  return randomBytes(18).toString('base64url')
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

export function sameHash(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.byteLength === right.byteLength && timingSafeEqual(left, right)
}

/** Crockford's: no letter that could be read as a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const groups = 7
const groupLength = 4

/** 140 random bits that a person can write down, such as `7K2M-…`. */
export function newRecoveryCode(): string {
  const letters = Array.from(randomBytes(groups * groupLength), (byte) => alphabet[byte % alphabet.length])
  return Array.from({ length: groups }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength).join(''),
  ).join('-')
}

/** Whatever a person made of it: lower case, other or no separators, letters that look like digits. */
export function hashRecoveryCode(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  return hashSecret(letters.replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
}
