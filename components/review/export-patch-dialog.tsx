'use client'

import type { BaseId } from '#protocol/bases.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Select } from '#ui/select.tsx'
import { useId, useState } from 'react'
import type { Base } from './bases.ts'
import { useBases } from './use-bases.ts'

/** Chooses since when the changes are exported. */
export function ExportPatchDialog({ onExport, onClose }: { onExport(baseId: BaseId): void; onClose(): void }) {
  const bases = useBases()
  const [chosen, setChosen] = useState<BaseId>('start')
  const id = useId()
  // A zip may be removed by somebody else while it is chosen.
  const baseId = bases.some((base) => base.baseId === chosen) ? chosen : 'start'
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Export the changes as a patch"
      description="For git apply: it turns the files as they were into the files as they are now."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="strong"
            onClick={() => {
              onExport(baseId)
              onClose()
            }}
          >
            Export
          </Button>
        </>
      }
    >
      <label htmlFor={id} className="block pb-1 text-small text-text-2">
        Changes since
      </label>
      <Select
        id={id}
        value={baseId}
        onValue={setChosen}
        options={bases.map((base) => ({ value: base.baseId, label: optionLabel(base) }))}
        className="w-full"
      />
    </Dialog>
  )
}

function optionLabel({ title, detail, kind }: Base): string {
  const short = detail.length > 60 ? `${detail.slice(0, 59)}…` : detail
  return kind === 'start' || short === '' ? title : `${title} · ${short}`
}
