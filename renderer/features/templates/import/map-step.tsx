import { Button } from 'antd'
import { useMemo } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { Failure } from '../../../../shared/contract/errors.ts'
import type { ChecklistMapping, ImportPreview, OpenedSheet } from '../../../../shared/contract/template-methods.ts'
import { cellName } from '../../../../shared/tabular/workbook.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useText } from '../../../ui/text.ts'
import { AboutForm } from './about-form.tsx'
import { withColumn, withFirst, withHead, withLast, type MappingGap } from './mapping.ts'
import { RowFields } from './row-fields.tsx'
import { SourceGrid, type ActiveCell, type RowMark } from './source-grid.tsx'

/** What both steps know of the file: `preview` undefined while it cannot be made or is not there yet. */
export type PreviewState = {
  sheet: OpenedSheet | undefined
  preview: ImportPreview | undefined
  isStale: boolean
  gaps: readonly MappingGap[]
  failure: Failure | null
}

type MapStepProps = PreviewState & {
  form: UseFormReturn<ChecklistMapping> | null
  mapping: ChecklistMapping | null
  active: ActiveCell
  onActive: (cell: ActiveCell) => void
  onNext: () => void
}

const SET = { head: withHead, first: withFirst, last: withLast } as const

/** The sheet as it stands in the file, with what each row and column is taken for; without a form only to look at. */
export function MapStep(props: MapStepProps) {
  const { sheet, preview, isStale, gaps, failure, form, mapping, active, onActive, onNext } = props
  const t = useText('templateImport')
  const problems = useMemo(
    () => new Map(preview?.problems.filter((one) => one.sheet === sheet?.name).map((one) => [one.cell, one])),
    [preview, sheet],
  )
  const mark = (kind: RowMark, row: number | null) => {
    if (form === null) return
    const rows = kind === 'last' ? withLast(form.getValues(), row) : SET[kind](form.getValues(), row ?? 0)
    form.reset({ ...form.getValues(), ...rows })
  }
  return (
    <>
      {sheet === undefined || sheet.rowCount === 0 ? (
        <p className="card soft">{t('sheetEmpty')}</p>
      ) : (
        <section className="card stack-tight" aria-label={t('grid')}>
          {form === null || mapping === null ? null : (
            <RowFields mapping={mapping} rowCount={sheet.rowCount} active={active.row} onMark={mark} />
          )}
          <CellLine sheet={sheet} active={active} />
          <SourceGrid
            key={sheet.name}
            sheet={sheet}
            mapping={mapping}
            active={active}
            problems={problems}
            onActive={onActive}
            onMark={mark}
            onColumn={(column, field) =>
              form?.reset({
                ...form.getValues(),
                columns: withColumn(form.getValues('columns'), column, field),
              })
            }
          />
          <p className="quiet">
            {sheet.rowCount > sheet.rows.length
              ? `${t('firstRows', { n: sheet.rows.length, rows: sheet.rowCount })} · `
              : ''}
            {t(form === null ? 'gridHintLook' : 'gridHint')}
          </p>
        </section>
      )}
      {form === null || gaps.includes('noRows') ? null : <AboutForm form={form} />}
      <div className="leading-bar import-bar">
        <div role="status" className="import-live">
          <LiveLine
            preview={preview}
            isStale={isStale}
            gaps={gaps}
            hasPoints={mapping === null || mapping.columns.points !== undefined}
          />
        </div>
        <Button type="primary" disabled={gaps.length > 0 || preview === undefined} onClick={onNext}>
          {t('next')}
        </Button>
      </div>
      <FailureNote failure={gaps.length === 0 ? failure : null} />
    </>
  )
}

type LiveLineProps = Pick<PreviewState, 'preview' | 'isStale' | 'gaps'> & { hasPoints: boolean }

/** What the sheet is read as now, or what has to be said first. */
function LiveLine({ preview, isStale, gaps, hasPoints }: LiveLineProps) {
  const t = useText('templateImport')
  if (gaps.length > 0) {
    return gaps.map((gap) => (
      <p key={gap}>
        <Mark shape="alert" tone="middling" /> {t(`gap_${gap}`)}
      </p>
    ))
  }
  if (preview === undefined || isStale) return <p className="soft">{t('previewing')}</p>
  const { counts, total, problems } = preview
  return (
    <p>
      {t('liveCounts', {
        sections: counts.sections,
        items: counts.scored + counts.veto + counts.gate,
        points: total.found_cp / 100,
      })}
      {' · '}
      {problems.length === 0 ? (
        <span>
          <Mark shape="full" tone="good" /> {t('noProblems')}
        </span>
      ) : (
        <span>
          <Mark shape="alert" tone="middling" /> {t('problems', { n: problems.length })}
        </span>
      )}
      {hasPoints ? null : (
        <span>
          <br />
          <Mark shape="alert" tone="middling" /> {t('noPointsColumn')}
        </span>
      )}
    </p>
  )
}

/** The whole text of the chosen cell; a cell beyond what is shown says where it is. */
function CellLine({ sheet, active }: { sheet: OpenedSheet; active: ActiveCell }) {
  const t = useText('templateImport')
  const cell = cellName(active.row, active.column)
  if (active.row >= sheet.rows.length) {
    return (
      <p className="import-cell" role="status">
        <Mark shape="alert" tone="middling" /> {t('beyondShown', { cell, row: active.row + 1, n: sheet.rows.length })}
      </p>
    )
  }
  const text = sheet.rows[active.row]?.[active.column] ?? ''
  return <p className="import-cell">{t('cellShown', { cell, text: text === '' ? t('cellBlank') : text })}</p>
}
