import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useNavigate } from 'react-router'
import type { CellProblem, ChecklistMapping } from '../../../../shared/contract/template-methods.ts'
import { useAction } from '../../../queries.ts'
import { Busy, useJob } from '../../../ui/busy.tsx'
import { useText } from '../../../ui/text.ts'
import { Mark } from '../../../ui/mark.tsx'
import { FileLine } from './file-line.tsx'
import { MapStep } from './map-step.tsx'
import { cellAt, gapsOf, withSheet } from './mapping.ts'
import { PreviewStep } from './preview-step.tsx'
import type { ActiveCell } from './source-grid.tsx'
import type { ImportStep } from './step-rail.tsx'
import { useLasting, usePreview, useRested, type Import } from './use-import.ts'

const PAUSE_MS = 400
/** A reading that takes longer shows its progress. */
const LASTS_MS = 700

type ImportWorkProps = Import & {
  step: 'columns' | 'preview'
  isBusy: boolean
  onStep: (step: ImportStep) => void
  onChooseOther: () => void
  onKeep: (kept: Import | null) => void
}

/** One chosen file: how it is read, what comes of it, and the draft in the end. Every change of the reading previews anew. */
export function ImportWork({ opened, mapping: start, step, isBusy, onStep, onChooseOther, onKeep }: ImportWorkProps) {
  const t = useText('templateImport')
  const navigate = useNavigate()
  const form = useForm<ChecklistMapping>({ defaultValues: start })
  const { getValues, reset, control } = form
  const mapping = useWatch({ control, compute: (values: ChecklistMapping) => values })
  const isForeign = opened.kind === 'foreign'
  const [shown, setShown] = useState(() => opened.sheets.find((one) => !one.isHidden)?.name ?? '')
  const sheetName = isForeign ? mapping.sheet : shown
  const sheet = opened.sheets.find((one) => one.name === sheetName)
  const gaps = isForeign ? gapsOf(mapping, sheet) : []
  const rested = useRested(mapping, PAUSE_MS)
  const preview = usePreview(opened.token, isForeign ? rested : null, gaps.length === 0)
  const busy = useLasting(preview.job, LASTS_MS)
  const isStale = isForeign && (rested !== mapping || preview.isPlaceholderData || preview.isFetching)
  const accept = useAction('workbook.accept', { refresh: ['template.drafts'] })
  const accepting = useJob()
  const [active, setActive] = useState<ActiveCell>({ row: 0, column: 0, isAsked: false })

  const isDone = useRef(false)
  /** What was said of each sheet, for coming back to it. */
  const said = useRef(new Map<string, ChecklistMapping>())
  useEffect(
    () => () => {
      if (!isDone.current) onKeep({ opened, mapping: getValues() })
    },
    [opened, getValues, onKeep],
  )

  const chooseSheet = (name: string) => {
    setActive({ row: 0, column: 0, isAsked: false })
    if (!isForeign) return setShown(name)
    const now = getValues()
    said.current.set(now.sheet, now)
    reset(said.current.get(name) ?? withSheet(now, name))
    onStep('columns')
  }
  const toCell = (problem: CellProblem) => {
    const cell = cellAt(problem.cell)
    if (problem.sheet !== sheetName && opened.sheets.some((one) => one.name === problem.sheet)) {
      chooseSheet(problem.sheet)
    }
    setActive({ row: cell?.row ?? 0, column: cell?.column ?? 0, isAsked: true })
    onStep('columns')
  }
  const finish = async () => {
    const mapped = isForeign ? getValues() : null
    const made = await accepting.track((job) => accept.run({ token: opened.token, mapping: mapped, job }))
    if (!made.ok) return
    isDone.current = true
    onKeep(null)
    void navigate(`/templates/draft/${made.value.draftId}`)
  }
  const data = gaps.length === 0 ? preview.data : undefined
  const shared = { sheet, preview: data, isStale, gaps, failure: preview.failure }
  return (
    <>
      <FileLine
        opened={opened}
        sheet={sheet}
        isBusy={isBusy || accept.isBusy}
        onSheet={chooseSheet}
        onChooseOther={onChooseOther}
      />
      <Busy job={accepting.job} label={t('accepting')} />
      <Busy job={busy} label={t('previewing')} />
      {preview.failure?.code === 'cancelled' && preview.job === null ? (
        <p className="card row" role="status">
          <Mark shape="alert" tone="middling" /> {t('previewStopped')}
          <Button onClick={() => void preview.refetch()}>{t('previewAgain')}</Button>
        </p>
      ) : null}
      {step === 'columns' ? (
        <MapStep
          {...shared}
          form={isForeign ? form : null}
          mapping={isForeign ? mapping : null}
          active={active}
          onActive={setActive}
          onNext={() => onStep('preview')}
        />
      ) : (
        <PreviewStep
          {...shared}
          isForeign={isForeign}
          isAccepting={accept.isBusy}
          acceptFailure={accept.failure}
          onCell={toCell}
          onBack={() => onStep('columns')}
          onAccept={() => void finish()}
        />
      )}
    </>
  )
}
