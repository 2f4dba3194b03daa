'use client'

import { classNames } from '#ui/class-names.ts'
import { placeWording } from './review-wording.ts'
import { useReviewParts } from './review-parts.ts'
import type { ListedThread } from './thread-list.ts'
import { usePerson } from './use-person.ts'

/** A thread in a list: who began it, with which words, where it stands, and how many answers there are. */
export function ThreadRow({ listed: { thread, place, waits }, onPress }: { listed: ListedThread; onPress(): void }) {
  const { Sign } = useReviewParts()
  const author = usePerson(thread.createdBy)
  const first = thread.comments.find(({ deleted }) => deleted === undefined)
  const words = first === undefined ? '' : first.body === '' ? 'Suggested change' : plain(first.body)
  const answers = thread.comments.length - 1
  const pending = thread.comments.some((comment) => comment.pending)
  return (
    <button
      type="button"
      data-thread={thread.threadId}
      onClick={onPress}
      aria-label={`${author.name}: ${words} (${placeWording(place)}${waits ? ', waits for you' : ''})`}
      className="flex w-full items-start gap-2 px-3 py-1 text-left outline-offset-[-2px] hover:bg-bg-hover"
    >
      <span className="pt-px">
        <Sign name={author.name} colour={author.colour} />
      </span>
      <span className="min-w-0 flex-1">
        <span className={classNames('line-clamp-2 break-words', thread.state === 'open' ? 'text-text-1' : 'text-text-2')}>
          {words}
        </span>
        <span className="flex items-center gap-1.5 text-small text-text-3">
          <span className={classNames(place.kind === 'detached' && 'text-warn')}>{placeWording(place)}</span>
          {answers > 0 && <span>· {answers === 1 ? '1 reply' : `${answers} replies`}</span>}
          {pending && <span className="text-warn">· pending</span>}
          {waits && <span className="text-info">· waits for you</span>}
        </span>
      </span>
    </button>
  )
}

/** The first words of a comment without what markdown means by them. */
function plain(body: string): string {
  return body
    .replaceAll(/```[^]*?(```|$)/g, ' ')
    .replaceAll(/[*_`#>]+/g, '')
    .trim()
    .slice(0, 300)
}
