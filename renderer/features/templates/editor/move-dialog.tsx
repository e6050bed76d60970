import { useState } from 'react'
import type { Template } from '../../../../shared/domain/template.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { movePicked, moveTo, type Drop } from './moves.ts'
import { placeOf } from './lens.ts'
import type { Selection } from './selection.ts'
import { useEditor, useStore } from './use-editor.ts'

/** Moves the chosen row elsewhere without dragging: which section, behind which item or section. */
export function MoveDialog({ onClose }: { onClose: () => void }) {
  const t = useText('templateEditor')
  const say = useSay()
  const store = useStore()
  const { content, selection: here, picked } = useEditor((state) => state)
  const [one] = picked
  const selection: Selection = one === undefined ? here : { kind: 'item', id: one }
  const from = selection.kind === 'item' ? placeOf(content, selection.id)?.section : undefined
  const [section, setSection] = useState(content.sections[from ?? 0]?.id ?? '')
  const [behind, setBehind] = useState('')
  if (selection.kind === 'part') return null
  const { kind, id } = selection
  const moved = picked.size > 1 ? picked : new Set([id])
  const places = placesIn(content, kind, moved, section)
  const move = () => {
    const to = dropOf(places, kind, section, behind)
    if (to && picked.size > 1) store.edit((before) => movePicked(before, picked, to))
    else if (to) {
      store.edit((before) => moveTo(before, kind, id, to), {
        select: { kind, id },
      })
    }
    onClose()
  }
  return (
    <ConfirmDialog isOpen title={t('moveTitle')} confirmText={t('moveHere')} onConfirm={move} onClose={onClose}>
      {kind === 'item' ? (
        <label className="field">
          {t('moveSection')}
          <select
            className="select-entry"
            value={section}
            onChange={(event) => {
              setSection(event.target.value)
              setBehind('')
            }}
          >
            {content.sections.map((one) => (
              <option key={one.id} value={one.id}>
                {one.code} {say(one.title) || t('untitledSection')}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label className="field">
        {t('movePlace')}
        <select className="select-entry" value={behind} onChange={(event) => setBehind(event.target.value)}>
          <option value="">{t('moveFirst')}</option>
          {places.map((one) => (
            <option key={one.id} value={one.id}>
              {t('moveBehind', { name: `${one.code} ${say(one.title)}` })}
            </option>
          ))}
        </select>
      </label>
    </ConfirmDialog>
  )
}

type Named = Pick<Template['sections'][number], 'id' | 'code' | 'title'>

/** What the row can be put behind. */
const placesIn = (content: Template, kind: 'item' | 'section', moved: ReadonlySet<string>, section: string): Named[] =>
  kind === 'section'
    ? content.sections.filter((one) => !moved.has(one.id))
    : (content.sections.find((one) => one.id === section)?.items.filter((one) => !moved.has(one.id)) ?? [])

function dropOf(places: readonly Named[], kind: 'item' | 'section', section: string, behind: string): Drop | null {
  if (behind !== '') return { id: behind, where: 'after' }
  const [first] = places
  if (first) return { id: first.id, where: 'before' }
  return kind === 'item' ? { id: section, where: 'inside' } : null
}
