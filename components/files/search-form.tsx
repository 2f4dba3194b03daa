'use client'

import type { SearchQuery } from '#protocol/search.ts'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { CaseSensitive, ChevronRight, ListFilter, Regex, WholeWord } from 'lucide-react'
import { useState, type KeyboardEvent, type RefObject } from 'react'
import { classNames } from '#ui/class-names.ts'
import { FieldSwitch, SearchField } from './search-field.tsx'

type SearchFormProps = {
  query: SearchQuery
  onQuery(query: SearchQuery): void
  /** Undefined while nothing is to be replaced. */
  replacement: string | undefined
  onReplacement(replacement: string | undefined): void
  canReplace: boolean
  canReplaceAll: boolean
  onReplaceAll(): void
  problem: string | undefined
  /** Down from the fields leads into the results. */
  onLeave(): void
  field: RefObject<HTMLInputElement | null>
}

/** What is searched for, what it becomes, and where. */
export function SearchForm({ field, ...props }: SearchFormProps) {
  const { query, onQuery, replacement, onReplacement, problem } = props
  const [filtering, setFiltering] = useState(false)
  const replacing = replacement !== undefined
  const toggle = (part: 'regex' | 'caseSensitive' | 'wholeWord') => onQuery({ ...query, [part]: !query[part] })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    props.onLeave()
  }
  return (
    <div className="flex shrink-0 gap-0.5 pr-2.5 pb-2 pl-1">
      {props.canReplace ? (
        <IconButton
          label={replacing ? 'Hide replace' : 'Show replace'}
          size="small"
          aria-expanded={replacing}
          onClick={() => onReplacement(replacing ? undefined : '')}
          className="mt-0.5"
        >
          <ChevronRight size={14} aria-hidden className={classNames('transition-transform', replacing && 'rotate-90')} />
        </IconButton>
      ) : (
        <span className="w-1.5" />
      )}
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex items-center gap-1">
          <SearchField
            ref={field}
            label="Search in all files"
            placeholder="Search"
            value={query.text}
            problem={problem}
            onChange={(text) => onQuery({ ...query, text })}
            onKeyDown={onKeyDown}
          >
            <FieldSwitch label="Match case" pressed={query.caseSensitive} onPress={() => toggle('caseSensitive')}>
              <CaseSensitive size={15} aria-hidden />
            </FieldSwitch>
            <FieldSwitch label="Whole words" pressed={query.wholeWord} onPress={() => toggle('wholeWord')}>
              <WholeWord size={15} aria-hidden />
            </FieldSwitch>
            <FieldSwitch label="Regular expression" pressed={query.regex} onPress={() => toggle('regex')}>
              <Regex size={14} aria-hidden />
            </FieldSwitch>
          </SearchField>
          <IconButton
            label={filtering ? 'Hide file filters' : 'Filter files'}
            size="small"
            aria-expanded={filtering}
            onClick={() => setFiltering(!filtering)}
            className={classNames((query.include !== '' || query.exclude !== '') && 'text-text-1')}
          >
            <ListFilter size={14} aria-hidden />
          </IconButton>
        </div>
        {problem !== undefined && (
          <p role="alert" className="text-small text-bad">
            {problem}
          </p>
        )}
        {replacing && (
          <div className="flex items-center gap-1">
            <SearchField
              label="Replace with"
              placeholder={query.regex ? 'Replace with ($1, $&)' : 'Replace with'}
              value={replacement}
              onChange={onReplacement}
              onKeyDown={onKeyDown}
            />
            <Button size="small" disabled={!props.canReplaceAll} onClick={props.onReplaceAll}>
              Replace all
            </Button>
          </div>
        )}
        {filtering && (
          <>
            <SearchField
              label="Files to include"
              placeholder="Only in, such as src, *.ts"
              value={query.include}
              onChange={(include) => onQuery({ ...query, include })}
              onKeyDown={onKeyDown}
            />
            <SearchField
              label="Files to exclude"
              placeholder="Not in, such as test/**"
              value={query.exclude}
              onChange={(exclude) => onQuery({ ...query, exclude })}
              onKeyDown={onKeyDown}
            />
          </>
        )}
      </div>
    </div>
  )
}
