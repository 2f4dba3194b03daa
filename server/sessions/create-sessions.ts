import type { Logger } from 'pino'
import { isFileGone, type Documents } from '#documents/documents.ts'
import type { CreatedSession, SkippedFile } from '#protocol/http.ts'
import { permits } from '#protocol/roles.ts'
import type { Store } from '#store/store.ts'
import { inSessionTerms } from './session-failures.ts'
import { guestName } from './guest-name.ts'
import { importZip, type ImportedFile } from './import-zip.ts'
import { JobThread } from '#threads/job-thread.ts'
import type { PatchJob } from './patch-worker.ts'
import { createRoster } from './roster.ts'
import { loadSamples } from './samples.ts'
import { sessionBases } from './session-bases.ts'
import { sessionExport } from './session-export.ts'
import { sessionImport } from './session-import.ts'
import { sessionReplace } from './session-replace.ts'
import { checkPattern, searchSession, type SearchThread } from './session-search.ts'
import { sessionLinks } from './session-links.ts'
import { sessionPeople } from './session-people.ts'
import { sessionRecovery } from './session-recovery.ts'
import { sessionTree } from './session-tree.ts'
import { zipName } from './zip-name.ts'
import { SessionFailure, type SessionEvent, type Sessions } from './sessions.ts'

/**
 * Reads the samples and serves the sessions of `store`. `clock` gives epoch milliseconds, `ids` a fresh id, `defaultBackend`
 * what a new session starts with. Throws where a sample is malformed.
 */
export function createSessions({
  store,
  documents,
  samplesDir,
  clock,
  ids,
  defaultBackend,
  log,
}: {
  store: Store
  documents: Documents
  samplesDir: string
  clock: () => number
  ids: () => string
  defaultBackend: () => { backendId: string; model: string }
  log: Logger
}): Sessions {
  const samples = loadSamples(samplesDir)
  const listeners = new Set<(event: SessionEvent) => void>()

  function tell(event: SessionEvent): void {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        log.error({ err: error }, 'a listener of session events failed')
      }
    }
  }

  async function create(
    visitId: string,
    { name, files, skipped, sampleId }: { name: string; files: ImportedFile[]; skipped: SkippedFile[]; sampleId?: string },
  ): Promise<CreatedSession> {
    const sessionId = ids()
    const createdAt = clock()
    await store.saveVisit({ visitId, createdAt })
    await store.createSession({
      session: { sessionId, name, ...(sampleId === undefined ? {} : { sampleId }), createdAt, ...defaultBackend() },
      owner: { participantId: ids(), visitId, name: guestName(visitId), role: 'owner', colour: 0 },
      files: files.map(({ bytes, ...file }) => ({ file: { fileId: ids(), ...file, bytes: bytes.byteLength }, bytes })),
    })
    return { sessionId, imported: files.length, skipped }
  }

  const roster = createRoster({ store, tell })
  const people = sessionPeople({ store, roster, clock, ids })

  async function changeSession(sessionId: string, change: Parameters<Store['updateSession']>[1]): Promise<void> {
    await store.updateSession(sessionId, change)
    const session = await store.session(sessionId)
    if (session) tell({ type: 'updated', session })
  }

  /** A stranger is told the same as if there were no such session. */
  async function requireOwner(sessionId: string, visitId: string): Promise<void> {
    const member = await people.participant(sessionId, visitId)
    if (!member) throw new SessionFailure('not_found')
    if (!permits(member.role, 'owner')) throw new SessionFailure('denied')
  }

  async function currentText(stored: { fileId: string; text: string; seq: number; tail: boolean }) {
    const { tail, ...last } = stored
    if (!tail) return [last]
    try {
      return [{ fileId: last.fileId, ...(await documents.text(last.fileId)) }]
    } catch (error) {
      // Deleted since the list was read.
      if (isFileGone(error)) return []
      throw error
    }
  }

  const tree = sessionTree({ store, documents, ids, tell })
  const searching: SearchThread = new JobThread(new URL('./search-worker.ts', import.meta.url))
  const comparing = new JobThread<PatchJob, string>(new URL('./patch-worker.ts', import.meta.url))

  const sessions: Sessions = {
    samples: () => Array.from(samples.values(), ({ info }) => info),

    async createFromSample(visitId, sampleId) {
      const sample = samples.get(sampleId)
      if (!sample) throw new SessionFailure('not_found')
      return create(visitId, { name: sample.info.name, files: sample.files, skipped: [], sampleId })
    },

    createEmpty: (visitId, name = 'Untitled') => create(visitId, { name, files: [], skipped: [] }),

    async createFromZip(visitId, name, zip, options) {
      const imported = await importZip(zip, options)
      if (imported.files.length === 0) throw new SessionFailure('nothing_to_import')
      return create(visitId, { name: zipName(name), ...imported })
    },

    async recent(visitId) {
      const recent = await store.sessionsOf(visitId)
      return recent.map(({ session: { sessionId, name, sampleId }, files, turns, openedAt }) => ({
        sessionId,
        name,
        ...(sampleId === undefined ? {} : { sampleId }),
        files,
        turns,
        openedAt,
      }))
    },

    async rename(visitId, sessionId, name) {
      await requireOwner(sessionId, visitId)
      await changeSession(sessionId, { name })
    },

    async remove(visitId, sessionId) {
      await requireOwner(sessionId, visitId)
      const files = await store.files(sessionId)
      await store.deleteSession(sessionId)
      documents.forget(files.map((file) => file.fileId))
      tell({ type: 'deleted', sessionId })
    },

    chooseModel: (sessionId, backendId, model) => changeSession(sessionId, { backendId, model }),

    info: (sessionId) => store.session(sessionId),
    touch: (sessionId, visitId) => store.touchSession(sessionId, visitId, clock()),

    files: (sessionId) => store.files(sessionId),
    file: (sessionId, fileId) => store.file(sessionId, fileId),
    texts: async (sessionId) => (await Promise.all((await store.texts(sessionId)).map(currentText))).flat(),
    ...tree,
    search(sessionId, body) {
      checkPattern(body.query)
      return searchSession({ store, documents, thread: searching }, sessionId, body)
    },
    ...sessionReplace({ store, documents, thread: searching, ids }),
    ...sessionImport({ store, documents, ids, tree }),
    ...sessionBases({ store, clock, ids, tell }),
    ...sessionExport({ store, documents, thread: comparing, clock }),
    close: async () => void (await Promise.all([searching.close(), comparing.close()])),

    ...people,
    ...sessionLinks({ store, roster, clock, ids }),
    ...sessionRecovery({ store, roster, clock }),
    sharing: roster.sharing,
    requireApproval: (sessionId, required) => changeSession(sessionId, { approval: required }),

    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return inSessionTerms(sessions, log)
}
