/** From least to most. Each role may do what the ones before it may. */
export const roles = ['viewer', 'reviewer', 'editor', 'owner'] as const
export type Role = (typeof roles)[number]

/** Whether `held` is at least `needed`. */
export function permits(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed)
}
