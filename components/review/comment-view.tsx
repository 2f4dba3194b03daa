'use client'

import { reactionKinds, type ReviewComment, type Thread } from '#protocol/review.ts'
import { permits } from '#protocol/roles.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { Ellipsis, SmilePlus } from 'lucide-react'
import { useState } from 'react'
import { CommentEdit } from './comment-edit.tsx'
import { ReactionBar } from './reaction-bar.tsx'
import { reactionSigns } from './review-wording.ts'
import { useReviewParts } from './review-parts.ts'
import { SuggestionView } from './suggestion-view.tsx'
import { TurnLink } from './turn-link.tsx'
import { useAskReview } from './use-ask-review.ts'
import { usePerson } from './use-person.ts'

/** One comment of a thread, with what its reader may do with it. */
export function CommentView({ thread, comment, now }: { thread: Thread; comment: ReviewComment; now: number }) {
  const { Prose, Sign } = useReviewParts()
  const author = usePerson(comment.author)
  const me = useSession((state) => state.you)
  const ask = useAskReview()
  const actions = useSessionActions()
  const [editing, setEditing] = useState(false)
  const [versions, setVersions] = useState<{ body: string; writtenAt: number }[] | undefined>(undefined)

  if (comment.deleted) return <p className="py-1 text-small text-text-3 italic">A comment by {author.name} was deleted.</p>

  const isOwn = comment.author === me?.participantId
  const mayReview = me !== null && permits(me.role, 'reviewer')
  const react = (reaction: (typeof reactionKinds)[number], on: boolean) =>
    void ask('comment.react', { commentId: comment.commentId, reaction, on })
  const readHistory = async () => {
    const answer = await actions.review('comment.history', { commentId: comment.commentId })
    if (answer.ok) setVersions(answer.value.versions)
  }
  const entries: MenuEntry[] = [
    ...(isOwn ? [{ type: 'item' as const, label: 'Edit', onSelect: () => setEditing(true) }] : []),
    ...(comment.editedAt === undefined
      ? []
      : [{ type: 'item' as const, label: 'Earlier versions', onSelect: () => void readHistory() }]),
    ...(isOwn || me?.role === 'owner'
      ? [
          {
            type: 'item' as const,
            label: 'Delete',
            danger: true,
            onSelect: () => void ask('comment.delete', { commentId: comment.commentId }),
          },
        ]
      : []),
  ]
  return (
    <article aria-label={`Comment by ${author.name}`} className="group/comment flex gap-2 py-1.5">
      <span className="pt-0.5">
        <Sign name={author.name} colour={author.colour} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6 items-center gap-2">
          <span className="truncate font-medium text-text-1">{author.name}</span>
          <span className="shrink-0 text-small text-text-3">
            {ago(comment.createdAt, now)}
            {comment.editedAt !== undefined && ' · edited'}
          </span>
          {comment.pending && <span className="rounded-full bg-bg-3 px-1.5 text-small text-warn">Pending</span>}
          <span className="flex-1" />
          {mayReview && !comment.pending && (
            <Menu
              label="Reactions"
              entries={reactionKinds.map((kind) => ({
                type: 'item' as const,
                label: reactionSigns[kind].label,
                icon: <span aria-hidden>{reactionSigns[kind].sign}</span>,
                onSelect: () => react(kind, true),
              }))}
            >
              <IconButton label="React" size="small">
                <SmilePlus size={13} aria-hidden />
              </IconButton>
            </Menu>
          )}
          {mayReview && entries.length > 0 && (
            <Menu label="This comment" entries={entries}>
              <IconButton label="More" size="small">
                <Ellipsis size={14} aria-hidden />
              </IconButton>
            </Menu>
          )}
        </div>
        {editing ? (
          <CommentEdit comment={comment} onEnd={() => setEditing(false)} />
        ) : (
          comment.body !== '' && <Prose text={comment.body} />
        )}
        {versions !== undefined && <Versions versions={versions} now={now} onClose={() => setVersions(undefined)} />}
        {comment.suggestion !== undefined && (
          <SuggestionView thread={thread} comment={comment} suggestion={comment.suggestion} />
        )}
        {comment.turnId !== undefined && <TurnLink turnId={comment.turnId} />}
        <ReactionBar reactions={comment.reactions} onReact={mayReview ? react : undefined} />
      </div>
    </article>
  )
}

function Versions({
  versions,
  now,
  onClose,
}: {
  versions: { body: string; writtenAt: number }[]
  now: number
  onClose(): void
}) {
  const { Prose } = useReviewParts()
  return (
    <section aria-label="Earlier versions" className="mt-1 rounded-control border border-line p-2">
      {versions.map(({ body, writtenAt }) => (
        <div key={writtenAt} className="pb-1 text-text-2">
          <p className="text-small text-text-3">{ago(writtenAt, now)}</p>
          <Prose text={body} />
        </div>
      ))}
      <button type="button" onClick={onClose} className="text-small text-text-3 hover:text-text-1">
        Hide earlier versions
      </button>
    </section>
  )
}

/** How long ago, in one unit. */
function ago(then: number, now: number): string {
  const minutes = Math.floor(Math.max(0, now - then) / 60_000)
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h` : `${Math.floor(hours / 24)} d`
}
