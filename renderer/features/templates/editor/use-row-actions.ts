import { useMemo } from 'react'
import { duplicateItems, removeItems, shiftItems } from '../../../../shared/checklist/bulk.ts'
import {
  addItem,
  addSection,
  duplicateItem,
  duplicateSection,
  removeItem,
  removeSection,
  renumber,
} from '../../../../shared/checklist/edits.ts'
import type { ItemType } from '../../../../shared/domain/template.ts'
import type { EditorStore } from './editor-store.ts'
import { itemOf, placeOf } from './lens.ts'
import { shift } from './moves.ts'
import type { Selection } from './selection.ts'
import { useStore } from './use-editor.ts'

/** What can be done with the chosen section or item; every one is a step that can be undone. */
export function useRowActions() {
  const store = useStore()
  return useMemo(() => actionsOf(store), [store])
}

function actionsOf(store: EditorStore) {
  const focusTitle = (kind: 'item' | 'section', id: string) => store.goTo({ kind, id }, `${kind}s.${id}.title`)
  return {
    /** Behind the chosen item, and like it when no type is asked for. */
    addItem: (type?: ItemType) => {
      const { content, closed } = store.state()
      const { section, item, index } = hereIn(store)
      if (section === undefined) return
      const like = item === undefined ? undefined : itemOf(content, item)?.type
      const made = addItem(content, section, type ?? like ?? 'conformity', index, store.avoid)
      if (closed.has(section)) store.toggle(section)
      store.show({ search: '', side: 'outline' })
      store.edit(() => made.content)
      focusTitle('item', made.id)
    },
    addSection: () => {
      const { content } = store.state()
      const { section } = hereIn(store)
      const at = content.sections.findIndex((one) => one.id === section) + 1
      const made = addSection(content, at === 0 ? null : at, store.avoid)
      store.show({ search: '', side: 'outline' })
      store.edit(() => made.content)
      focusTitle('section', made.id)
    },
    duplicate: () => {
      const { selection, content, picked } = store.state()
      if (picked.size > 1) {
        const made = duplicateItems(content, picked, store.avoid)
        store.edit(() => made.content)
        store.pick(made.ids)
        return
      }
      if (selection.kind === 'part') return
      const copy = selection.kind === 'item' ? duplicateItem : duplicateSection
      const made = copy(content, selection.id, store.avoid)
      store.edit(() => made.content, { select: { kind: selection.kind, id: made.id } })
    },
    remove: () => {
      const { selection, picked } = store.state()
      if (picked.size > 1) {
        store.edit((before) => removeItems(before, picked))
        return
      }
      if (selection.kind === 'part') return
      const select = besides(store, selection)
      const remove = selection.kind === 'item' ? removeItem : removeSection
      store.edit((before) => remove(before, selection.id), select ? { select } : {})
    },
    shift: (by: -1 | 1) => {
      const { selection, picked } = store.state()
      if (picked.size > 1) store.edit((before) => shiftItems(before, picked, by))
      else if (selection.kind !== 'part') store.edit((before) => shift(before, selection.kind, selection.id, by))
    },
    renumber: () => store.edit(renumber),
  }
}

/** The section the selection is in, and the item with the place behind it when it is one. */
function hereIn(store: EditorStore): { section: string | undefined; item?: string; index: number | null } {
  const { selection, content } = store.state()
  if (selection.kind === 'section') return { section: selection.id, index: null }
  const place = selection.kind === 'item' ? placeOf(content, selection.id) : undefined
  if (selection.kind === 'part' || place === undefined) return { section: content.sections.at(-1)?.id, index: null }
  return { section: content.sections[place.section]?.id, item: selection.id, index: place.index + 1 }
}

/** Where to be after a removal: what comes next, else what came before, else the section. */
function besides(store: EditorStore, { kind, id }: Selection & { kind: 'item' | 'section' }): Selection | null {
  const { content } = store.state()
  const section = content.sections[placeOf(content, id)?.section ?? -1]
  const all: readonly { id: string }[] = kind === 'item' ? (section?.items ?? []) : content.sections
  const index = all.findIndex((one) => one.id === id)
  const next = all[index + 1] ?? all[index - 1]
  if (next) return { kind, id: next.id }
  return kind === 'item' && section ? { kind: 'section', id: section.id } : null
}
