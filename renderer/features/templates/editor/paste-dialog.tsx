import { useMemo, useState } from 'react'
import { insertParts } from '../../../../shared/checklist/bulk.ts'
import type { CellProblem } from '../../../../shared/contract/template-methods.ts'
import { isScored, type Template } from '../../../../shared/domain/template.ts'
import { pastedItems, PASTED_FIELDS, readPasted, type Pasted } from '../../../../shared/tabular/paste.ts'
import { Area } from '../../../ui/area.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Fold } from '../../../ui/fold.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { useProblemWords } from '../import/problem-words.ts'
import { placeOf } from './lens.ts'
import { writeNumber } from './numbers.ts'
import { useEditor, useStore } from './use-editor.ts'

const SHOWN_ROWS = 8
const TYPES = ['conformity', 'points', 'maturity'] as const

/** Rows copied in a spreadsheet as items of a section: shows what the columns are taken for before anything is added. */
export function PasteDialog({ text: start }: { text: string }) {
  const t = useText('templateEditor')
  const types = useText('templates')
  const say = useSay()
  const store = useStore()
  const content = useEditor((state) => state.content)
  const [text, setText] = useState(start)
  const [changed, setChanged] = useState<Pasted | null>(null)
  const read = useMemo(() => readPasted(text), [text])
  const pasted = changed ?? read
  const [type, setType] = useState<(typeof TYPES)[number]>('points')
  const [section, setSection] = useState(() => sectionHere(store.state()))
  const made = useMemo(
    () => (pasted?.columns.title === undefined ? null : pastedItems(pasted, type, content)),
    [pasted, type, content],
  )
  const items = made?.parts.flatMap((part) => part.items) ?? []
  const sections = made?.parts.filter((part) => part.title !== '').length ?? 0
  const close = () => store.show({ pasting: null })
  const add = () => {
    if (made === null) return
    const { selection } = store.state()
    const after = selection.kind === 'item' && sectionHere(store.state()) === section ? selection.id : null
    const before = {
      ...content,
      gradeSets: made.gradeSets.length > content.gradeSets.length ? made.gradeSets : content.gradeSets,
    }
    const next = insertParts(before, section, made.parts, { after, avoid: store.avoid })
    store.show({ pasting: null, search: '', side: 'outline' })
    store.edit(() => next.content)
    const [first] = next.ids
    store.pick(next.ids, first === undefined ? undefined : { kind: 'item', id: first })
  }
  const points = items.reduce((sum, item) => sum + (isScored(item) ? item.full_cp : 0), 0)
  return (
    <ConfirmDialog
      isOpen
      size="wide"
      title={t('pasteTitle')}
      confirmText={t('pasteNow', { n: items.length })}
      isReady={items.length > 0 && content.sections.some((one) => one.id === section)}
      onConfirm={add}
      onClose={close}
    >
      <p>{t('pasteText')}</p>
      <label className="field">
        {t('pasteRows')}
        <Area
          value={text}
          rows={3}
          onChange={({ target }) => {
            setText(target.value)
            setChanged(null)
          }}
        />
      </label>
      <div className="bulk-grid">
        <label className="field">
          {t('pasteInto')}
          <select className="select-entry" value={section} onChange={({ target }) => setSection(target.value)}>
            {content.sections.map((one) => (
              <option key={one.id} value={one.id}>
                {one.code} {say(one.title) || t('untitledSection')}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {t('pasteType')}
          <select
            className="select-entry"
            value={type}
            onChange={({ target }) => setType(TYPES.find((one) => one === target.value) ?? 'points')}
          >
            {TYPES.map((one) => (
              <option key={one} value={one}>
                {types(`type_${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {pasted === null ? null : <Columns pasted={pasted} onChange={setChanged} />}
      <Doubts problems={made?.problems ?? []} />
      <p role="status">
        {pasted === null ? (
          t(text.trim() === '' ? 'pasteEmpty' : 'pasteNothing')
        ) : pasted.columns.title === undefined ? (
          <>
            <Mark shape="alert" tone="middling" /> {t('pasteNoTitle')}
          </>
        ) : (
          <>
            {t('pasteCounts', { n: items.length, points: writeNumber(points, 100), leftOut: made?.leftOut ?? 0 })}
            {sections > 0 ? t('pasteSections', { n: sections }) : null}
          </>
        )}
      </p>
    </ConfirmDialog>
  )
}

/** What could not be read as it stands, cell by cell. */
function Doubts({ problems }: { problems: readonly CellProblem[] }) {
  const t = useText('templateEditor')
  const say = useProblemWords()
  if (problems.length === 0) return null
  return (
    <Fold title={t('pasteDoubts', { n: problems.length })} startsOpen={problems.length <= SHOWN_ROWS}>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.cell} ${problem.code}`}>
            <Mark shape="alert" tone="middling" /> {problem.cell} {say(problem)}
          </li>
        ))}
      </ul>
    </Fold>
  )
}

/** The section one is in, else the last. */
function sectionHere({
  content,
  selection,
}: {
  content: Template
  selection: ReturnType<ReturnType<typeof useStore>['state']>['selection']
}): string {
  if (selection.kind === 'section') return selection.id
  const place = selection.kind === 'item' ? placeOf(content, selection.id) : undefined
  return (content.sections[place?.section ?? -1] ?? content.sections.at(-1))?.id ?? ''
}

/** The first rows, with what each column is taken for above. */
function Columns({ pasted, onChange }: { pasted: Pasted; onChange: (pasted: Pasted) => void }) {
  const t = useText('templateEditor')
  const words = useText('templateImport')
  const { rows, width, first, columns } = pasted
  const fieldOf = (column: number) => PASTED_FIELDS.find((field) => columns[field] === column) ?? ''
  const take = (column: number, name: string) => {
    const kept = Object.entries(columns).filter(([field, at]) => at !== column && field !== name)
    onChange({ ...pasted, columns: { ...Object.fromEntries(kept), ...(name === '' ? {} : { [name]: column }) } })
  }
  return (
    <>
      <label className="check-line">
        <input
          type="checkbox"
          checked={first === 1}
          onChange={({ target }) => onChange({ ...pasted, first: target.checked ? 1 : 0 })}
        />
        {t('pasteHead')}
      </label>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling table must be reachable by keyboard */}
      <div className="table-wrap paste-table" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              {Array.from({ length: width }, (_, column) => (
                <th key={column} scope="col">
                  <select
                    className="select-entry"
                    aria-label={t('pasteColumn', { n: column + 1 })}
                    value={fieldOf(column)}
                    onChange={({ target }) => take(column, target.value)}
                  >
                    <option value="">{words('notTaken')}</option>
                    {PASTED_FIELDS.map((field) => (
                      <option key={field} value={field}>
                        {words(`field_${field}`)}
                      </option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(first, first + SHOWN_ROWS).map((row, n) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows are their place
              <tr key={n}>
                {Array.from({ length: width }, (_, column) => (
                  <td key={column}>{row[column] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length - first > SHOWN_ROWS ? (
        <p className="quiet">{t('pasteMore', { n: rows.length - first - SHOWN_ROWS })}</p>
      ) : null}
    </>
  )
}
