import { permits } from '#protocol/roles.ts'
import { checkContinues, checkLength, decodeText, writingClients } from './check-update.ts'
import { DocumentFailure, type DocumentPush } from './documents.ts'
import type { LiveDocument } from './live-document.ts'

/**
 * Checks an update as a push, but for what its author may do now: it is enough that they might edit while they wrote under its client ids.
 * Nothing is written. Rejects with `DocumentFailure`; with `denied` where they might not.
 */
export async function checkOffered(live: LiveDocument, push: DocumentPush): Promise<{ stored: boolean }> {
  const { participantId, pushId, epoch, update } = push
  const decoded = decodeText(update)
  const known = await live.committed((state) => ({ epoch: state.epoch, stored: state.pushes.has(pushId) }))
  if (known.stored) return { stored: true }
  if (epoch !== undefined && epoch !== known.epoch) throw new DocumentFailure('epoch_changed')
  for (const client of writingClients(decoded)) {
    const issued = await live.clientIds.of(client)
    if (issued?.owner !== participantId) throw new DocumentFailure('foreign_client')
    if (!permits(issued.role, 'editor')) throw new DocumentFailure('denied')
  }
  await live.tryIfCostly(decoded, update)
  await live.committed(({ doc }) => {
    checkContinues(doc, decoded)
    checkLength(doc, decoded)
  })
  return { stored: false }
}
