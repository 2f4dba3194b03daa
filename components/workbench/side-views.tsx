'use client'

import { FilesPanel, type FilesPanelHandle } from '#files/files-panel.tsx'
import { SearchPanel, type SearchPanelHandle } from '#files/search-panel.tsx'
import { PeopleIn } from '#people/people-in.tsx'
import { PeoplePanel, type PeoplePanelHandle } from '#people/people-panel.tsx'
import type { BaseId } from '#protocol/bases.ts'
import type { PlaceReader } from '#review/changes.ts'
import { ChangesPanel, type ChangesPanelHandle } from '#review/changes-panel.tsx'
import type { FollowTarget } from '#session/leader.ts'
import type { ReactNode, Ref } from 'react'
import type { SideView } from './activity-bar.tsx'
import type { FileTransfer } from './use-file-transfer.tsx'
import type { ReviewAsking } from './use-review-asking.tsx'

type SideViewsProps = {
  shown: SideView
  threads: ReactNode
  filesPanel: Ref<FilesPanelHandle>
  searchPanel: Ref<SearchPanelHandle>
  changesPanel: Ref<ChangesPanelHandle>
  peoplePanel: Ref<PeoplePanelHandle>
  activeFileId: string | null
  canEdit: boolean
  transfer: FileTransfer
  follow: FollowTarget
  onFollow(target: FollowTarget): void
  people: { goTo(participantId: string): void; gather(): Promise<void> }
  onOpen(fileId: string, enter: boolean): void
  onRevealPlace(fileId: string, line: number, column: number, enter: boolean): void
  placesIn(fileId: string): PlaceReader
  onRevealChange(hunkId: string, enter: boolean): void
  onCompare(baseId: BaseId): void
  onReview: ReviewAsking['ask']
}

/** What the side panel shows. Files and search keep what is open and what was found while another one is shown. */
export function SideViews({
  shown,
  threads,
  filesPanel,
  searchPanel,
  changesPanel,
  peoplePanel,
  activeFileId,
  canEdit,
  transfer,
  follow,
  onFollow,
  people,
  onOpen,
  onRevealPlace,
  placesIn,
  onRevealChange,
  onCompare,
  onReview,
}: SideViewsProps) {
  return (
    <>
      <div className={shown === 'files' ? 'h-full' : 'hidden'}>
        <FilesPanel
          ref={filesPanel}
          activeFileId={activeFileId}
          canEdit={canEdit}
          onOpen={onOpen}
          PeopleIn={PeopleIn}
          menu={transfer.menu}
          onDownload={transfer.downloadFile}
          onPickFiles={transfer.pickFiles}
          onDropFiles={transfer.dropFiles}
          onReview={onReview}
        />
      </div>
      <div className={shown === 'search' ? 'h-full' : 'hidden'}>
        <SearchPanel ref={searchPanel} canEdit={canEdit} onReveal={onRevealPlace} />
      </div>
      {shown === 'changes' && (
        <ChangesPanel ref={changesPanel} placesIn={placesIn} onReveal={onRevealChange} onCompare={onCompare} />
      )}
      {shown === 'threads' && threads}
      {shown === 'people' && (
        <PeoplePanel
          ref={peoplePanel}
          follow={follow}
          onFollow={onFollow}
          onGoTo={people.goTo}
          onGather={() => void people.gather()}
        />
      )}
    </>
  )
}
