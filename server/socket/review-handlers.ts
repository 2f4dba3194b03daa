import type { reviewCommands } from '#protocol/review-commands.ts'
import type { Reviews } from '#reviews/reviews.ts'
import type { Caller, Handlers } from './connection.ts'

export function reviewHandlers(reviews: Reviews): Pick<Handlers, keyof typeof reviewCommands> {
  const by = ({ sessionId, participant }: Caller) => ({ sessionId, participant })
  return {
    'thread.create': (caller, thread) => reviews.create(by(caller), thread),
    'thread.reply': async (caller, comment) => {
      await reviews.reply(by(caller), comment)
      return {}
    },
    'thread.decide': async (caller, decision) => {
      await reviews.decide(by(caller), decision)
      return {}
    },
    'comment.edit': async (caller, comment) => {
      await reviews.edit(by(caller), comment)
      return {}
    },
    'comment.delete': async (caller, { commentId }) => {
      await reviews.remove(by(caller), commentId)
      return {}
    },
    'comment.react': async (caller, reaction) => {
      await reviews.react(by(caller), reaction)
      return {}
    },
    'comment.history': (caller, { commentId }) => reviews.history(by(caller), commentId),
    'suggestion.apply': async (caller, { commentId }) => {
      await reviews.applySuggestion(by(caller), commentId)
      return {}
    },
    'review.submit': (caller, review) => reviews.submit(by(caller), review),
    'review.discard': async (caller) => {
      await reviews.discard(by(caller))
      return {}
    },
    'review.request': async (caller, request) => {
      await reviews.request(by(caller), request)
      return {}
    },
    'thread.ask': (caller, { threadId }) => reviews.handOver(by(caller), threadId),
    'review.ask': (caller, what) => reviews.askReview(by(caller), what),
    'review.allow-asking': async (caller, { reviewersMayAsk }) => {
      await reviews.allowAsking(by(caller), reviewersMayAsk)
      return {}
    },
    'file.view': async (caller, file) => {
      await reviews.view(by(caller), file)
      return {}
    },
  }
}
