'use client'

import type { ReplaceBody, SearchQuery } from '#protocol/search.ts'
import { useSession } from '#session/session-provider.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { ChevronsDownUp } from 'lucide-react'
import { useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react'
import { SearchForm } from './search-form.tsx'
import { chosenMatch, resultRows, type ResultRow } from './search-results.ts'
import { SearchTree } from './search-tree.tsx'
import { countOf, wordCallFailure, wordResults } from './search-wording.ts'
import { useReplace } from './use-replace.ts'
import { useSearch } from './use-search.ts'

export type SearchPanelHandle = { focus(): void; focusReplace(): void }

type SearchPanelProps = {
  canEdit: boolean
  /** Shows a place in the editor; `enter`: and goes on there. */
  onReveal(fileId: string, line: number, column: number, enter: boolean): void
  ref?: Ref<SearchPanelHandle>
}

const emptyQuery: SearchQuery = {
  text: '',
  regex: false,
  caseSensitive: false,
  wholeWord: false,
  include: '',
  exclude: '',
}

/** Finds and replaces in all files of the session. */
export function SearchPanel({ canEdit, onReveal, ref }: SearchPanelProps) {
  const [query, setQuery] = useState(emptyQuery)
  const [replacement, setReplacement] = useState<string | undefined>(undefined)
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => new Set())
  const [asking, setAsking] = useState(false)
  const { results, patternProblem, failure } = useSearch(query, replacement)
  const { replace, busy } = useReplace()
  const files = useSession((state) => state.files)
  const panel = useRef<HTMLElement>(null)
  const field = useRef<HTMLInputElement>(null)

  // Renamed files are shown by their names now, and deleted ones not at all.
  const shown = useMemo(() => {
    if (results === undefined) return undefined
    const paths = new Map(files.map((file) => [file.fileId, file.path]))
    const present = results.files.flatMap((file) => {
      const path = paths.get(file.fileId)
      return path === undefined ? [] : [{ ...file, path }]
    })
    return { ...results, files: present, matches: present.reduce((sum, { matches }) => sum + matches.length, 0) }
  }, [results, files])
  const rows = useMemo(() => (shown === undefined ? [] : resultRows(shown, folded)), [shown, folded])

  const focusField = () => {
    field.current?.focus()
    field.current?.select()
  }
  useImperativeHandle(ref, () => ({
    focus: focusField,
    focusReplace: () => {
      if (canEdit) setReplacement((before) => before ?? '')
      focusField()
    },
  }))

  const replaceIn = (chosen?: ReplaceBody['files']) =>
    void replace({ query, replacement: replacement ?? '', ...(chosen === undefined ? {} : { files: chosen }) })
  const replaceRow = (row: ResultRow) => {
    const { fileId } = row.file
    replaceIn([row.type === 'file' ? { fileId } : { fileId, matches: [chosenMatch(row.file, row.match)] }])
  }
  const fold = (fileId: string, open: boolean) =>
    setFolded((before) => {
      const after = new Set(before)
      if (open) after.delete(fileId)
      else after.add(fileId)
      return after
    })
  const hasMatches = shown !== undefined && shown.matches > 0

  return (
    <section ref={panel} aria-label="Search" className="flex h-full min-h-0 flex-col">
      <div className="flex h-8.5 shrink-0 items-center pr-1.5 pl-3">
        <h2 className="flex-1 text-small font-semibold text-text-2">Search</h2>
        {hasMatches && (
          <IconButton
            label="Collapse all results"
            size="small"
            onClick={() => setFolded(new Set(shown.files.map(({ fileId }) => fileId)))}
          >
            <ChevronsDownUp size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      <SearchForm
        query={query}
        onQuery={setQuery}
        replacement={replacement}
        onReplacement={setReplacement}
        canReplace={canEdit}
        canReplaceAll={hasMatches && shown.status !== 'running' && !busy}
        onReplaceAll={() => setAsking(true)}
        problem={patternProblem}
        onLeave={() => panel.current?.querySelector<HTMLElement>('[role="tree"]')?.focus()}
        field={field}
      />
      <p role="status" className="shrink-0 px-3 pb-1.5 text-small text-text-3">
        {failure !== undefined ? wordCallFailure(failure) : shown !== undefined ? wordResults(shown) : ''}
      </p>
      {query.text === '' ? (
        <p className="px-3 text-text-3">Finds text in every file of the session, as it is typed right now.</p>
      ) : (
        rows.length > 0 && (
          <SearchTree
            rows={rows}
            replacing={replacement !== undefined}
            onFold={fold}
            onReveal={({ file, match }, enter) => onReveal(file.fileId, match.line, match.column, enter)}
            onReplace={replaceRow}
          />
        )
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={() => setAsking(false)}
        title={`Replace ${countOf(shown?.matches ?? 0, 'place')} in ${countOf(shown?.files.length ?? 0, 'file')}?`}
        description={`“${query.text}” becomes “${replacement ?? ''}” for everyone in this session. It can be taken back right afterwards.`}
        confirm="Replace all"
        onConfirm={() => replaceIn(shown?.files.map(({ fileId }) => ({ fileId })))}
      />
    </section>
  )
}
