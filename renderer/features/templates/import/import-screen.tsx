import { FileExcelOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useSearchParams } from 'react-router'
import type { Failure } from '../../../../shared/contract/errors.ts'
import { workbookRefusals } from '../../../../shared/text/template-cells.ts'
import { Busy } from '../../../ui/busy.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { useText } from '../../../ui/text.ts'
import { useBegin } from '../../../ui/use-begin.ts'
import { ImportWork } from './import-work.tsx'
import { StepRail, type ImportStep } from './step-rail.tsx'
import { useImport } from './use-import.ts'
import './import.css'
import './preview.css'

/** A spreadsheet becomes a draft in three steps; the step stands in the address, so that going back keeps everything. */
export function ImportScreen() {
  const t = useText('templateImport')
  const { current, put, choose, job, failure } = useImport()
  const [params, setParams] = useSearchParams()
  const wanted = params.get('step')
  const step: ImportStep = current === null ? 'file' : wanted === 'columns' || wanted === 'preview' ? wanted : 'file'
  const toStep = (next: ImportStep) => setParams(next === 'file' ? {} : { step: next })
  const chooseFile = async () => {
    const opened = await choose()
    if (opened !== null) toStep(opened.kind === 'foreign' ? 'columns' : 'preview')
  }
  useBegin('import', () => void chooseFile())
  return (
    <div className="page page-import">
      <PageHeader title={t('title')} subtitle={t('subtitle')} backTo="/templates" />
      <div className="stack">
        <StepRail step={step} current={current} onStep={toStep} />
        {job === null && <OpenFailure failure={failure} />}
        <Busy job={job} label={t('opening')} />
        {current !== null && step !== 'file' ? (
          <ImportWork
            key={current.opened.token}
            {...current}
            step={step}
            isBusy={job !== null}
            onStep={toStep}
            onChooseOther={() => void chooseFile()}
            onKeep={put}
          />
        ) : (
          <EmptyState
            title={current === null ? t('emptyTitle') : current.opened.fileName}
            picture={<FileExcelOutlined className="import-picture" aria-hidden />}
            actions={
              <>
                {current === null ? null : (
                  <Button
                    type="primary"
                    size="large"
                    onClick={() => toStep(current.opened.kind === 'foreign' ? 'columns' : 'preview')}
                  >
                    {t('goOn')}
                  </Button>
                )}
                <Button
                  type={current === null ? 'primary' : 'default'}
                  size="large"
                  disabled={job !== null}
                  onClick={() => void chooseFile()}
                >
                  {current === null ? t('choose') : t('chooseOther')}
                </Button>
              </>
            }
          >
            <p>{t('emptyText')}</p>
            <p>{t('emptyOld')}</p>
          </EmptyState>
        )}
      </div>
    </div>
  )
}

const OWN_WORDS = { unsupportedFile: 'unsupported', damagedFile: 'damaged', fileTooLarge: 'tooLarge' } as const
const isReason = (detail: string): detail is keyof typeof workbookRefusals => Object.hasOwn(workbookRefusals, detail)

/** Why a file could not be read and what to do, in the words of spreadsheets. */
function OpenFailure({ failure }: { failure: Failure | null }) {
  const t = useText('templateImport')
  const reasons = useText('workbookRefusals')
  if (failure === null) return null
  const { code, detail = '' } = failure
  if (code !== 'unsupportedFile' && code !== 'damagedFile' && code !== 'fileTooLarge') {
    return <FailureNote failure={failure} />
  }
  return <Alert type="error" showIcon role="alert" title={isReason(detail) ? reasons(detail) : t(OWN_WORDS[code])} />
}
