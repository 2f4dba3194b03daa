import type { Role } from '#protocol/roles.ts'

/** What a role is called, and what it may do. */
export const roleWording: Record<Role, { name: string; article: string; may: string }> = {
  viewer: { name: 'Viewer', article: 'a viewer', may: 'See the files, the conversation and everybody’s changes, live.' },
  reviewer: {
    name: 'Reviewer',
    article: 'a reviewer',
    may: 'See everything, comment on the code, suggest changes and write to the others.',
  },
  editor: {
    name: 'Editor',
    article: 'an editor',
    may: 'Write in every file, ask the assistant, and decide what becomes of its changes.',
  },
  owner: { name: 'Owner', article: 'an owner', may: 'Also invite people, give and take roles, and delete the session.' },
}
