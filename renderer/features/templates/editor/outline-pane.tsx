import { useCallback, useEffect, useRef, useState } from 'react'
import { SearchInput } from '../../../ui/search-input.tsx'
import { useText } from '../../../ui/text.ts'
import { useVirtualRows } from '../../../ui/virtual-rows.ts'
import { OutlineRow, ROW_HEIGHT } from './outline-row.tsx'
import { OutlineTools } from './outline-tools.tsx'
import { rememberedRows, type Row } from './outline.ts'
import { useClipboard } from './use-clipboard.ts'
import { useDropping } from './use-dropping.ts'
import { useEditor, useStore } from './use-editor.ts'
import { itemsBetween, toggled } from './picking.ts'
import { startOf, useOutlineKeys } from './use-outline-keys.ts'

/** The sections and items: choose, add, order, copy, remove. Only the visible rows exist. */
export function OutlinePane() {
  const t = useText('templateEditor')
  const store = useStore()
  const search = useEditor((state) => state.search)
  const rows = useRows()
  return (
    <div className="outline">
      <OutlineTools />
      <SearchInput
        className="outline-search"
        label={t('searchOutline')}
        value={search}
        onChange={(event) => store.show({ search: event.target.value })}
      />
      {rows.length === 0 ? (
        <p className="outline-none soft">{t(search === '' ? 'outlineEmpty' : 'outlineNone')}</p>
      ) : (
        <Tree rows={rows} />
      )}
    </div>
  )
}

function useRows(): Row[] {
  const [remembered] = useState(rememberedRows)
  return useEditor(remembered)
}

function Tree({ rows }: { rows: Row[] }) {
  const t = useText('templateEditor')
  const store = useStore()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows(scroller, rows.length, ROW_HEIGHT)
  const selected = useEditor(({ selection }) => (selection.kind === 'part' ? null : selection.id))
  const index = rows.findIndex((row) => row.id === selected)
  const hasFocus = useRef(false)
  const onKeyDown = useOutlineKeys(rows, index)
  useDropping(scroller)
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' })
  }, [index, virtual])
  useEffect(() => {
    // The tree keeps the focus while its rows come and go: a removed row leaves it to the page, the chosen one may only now exist.
    const tree = scroller.current
    const active = document.activeElement
    if (!hasFocus.current || tree === null) return
    if (active !== document.body && !tree.contains(active)) hasFocus.current = false
    else tree.querySelector<HTMLElement>('[data-here=true]')?.focus({ preventScroll: true })
  })
  const picked = useEditor((state) => state.picked)
  const latest = useRef({ rows, index, from: index })
  useEffect(() => {
    const { from } = latest.current
    latest.current = { rows, index, from: picked.size === 0 ? index : from }
  })
  const choose = useCallback(
    (row: Row, { shiftKey, ctrlKey, metaKey }: React.MouseEvent) => {
      const { rows: all, from } = latest.current
      const here = { kind: row.kind, id: row.id }
      if (shiftKey && from >= 0) store.pick(itemsBetween(all, from, all.indexOf(row)), here)
      else if (ctrlKey || metaKey || store.state().isPicking) store.pick(toggled(startOf(store, row), all, row), here)
      else store.select(here)
    },
    [store],
  )
  useClipboard(scroller)
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={scroller}
      role="tree"
      aria-label={t('outline')}
      aria-multiselectable
      className="outline-tree"
      tabIndex={index < 0 ? 0 : -1}
      onKeyDown={onKeyDown}
      onFocus={() => (hasFocus.current = true)}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((place) => {
          const row = rows[place.index]
          return row === undefined ? null : (
            <OutlineRow
              key={`${row.kind} ${row.id}`}
              row={row}
              top={place.start}
              isSelected={place.index === index}
              isPicked={row.kind === 'item' && picked.has(row.id)}
              onChoose={choose}
            />
          )
        })}
      </div>
    </div>
  )
}
