import { Button } from 'antd'
import type { Failure } from '../../../../shared/contract/errors.ts'
import type { CellProblem, ImportPreview } from '../../../../shared/contract/template-methods.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import type { PreviewState } from './map-step.tsx'
import { Outline } from './outline.tsx'
import { ProblemList } from './problem-list.tsx'

type PreviewStepProps = PreviewState & {
  isForeign: boolean
  isAccepting: boolean
  acceptFailure: Failure | null
  onCell: (problem: CellProblem) => void
  onBack: () => void
  onAccept: () => void
}

/** What the file becomes, what could not be taken as it is, and the way on into the editor. */
export function PreviewStep(props: PreviewStepProps) {
  const { preview, isStale, gaps, failure, isForeign, isAccepting, acceptFailure, onCell, onBack, onAccept } = props
  const t = useText('templateImport')
  const items = preview === undefined ? 0 : preview.counts.scored + preview.counts.veto + preview.counts.gate
  return (
    <>
      {gaps.map((gap) => (
        <p key={gap} className="card">
          <Mark shape="alert" tone="middling" /> {t(`gap_${gap}`)}
        </p>
      ))}
      {preview === undefined && gaps.length === 0 && failure === null ? <Loading /> : null}
      <FailureNote failure={gaps.length === 0 ? failure : null} />
      {preview === undefined ? null : (
        <div className="import-preview">
          <section className="card stack-tight">
            <Head preview={preview} />
            {items === 0 ? <p className="soft">{t('noItems')}</p> : <Outline template={preview.content} />}
          </section>
          <ProblemList problems={preview.problems} onCell={onCell} />
        </div>
      )}
      <FailureNote failure={acceptFailure} />
      <div className="leading-bar import-bar">
        <Button onClick={onBack} disabled={isAccepting}>
          {isForeign ? t('backToColumns') : t('backToLook')}
        </Button>
        <Button
          type="primary"

          className="import-on"
          loading={isAccepting}
          disabled={items === 0 || isStale}
          onClick={onAccept}
        >
          {t('accept')}
        </Button>
      </div>
    </>
  )
}

function Head({ preview }: { preview: ImportPreview }) {
  const t = useText('templateImport')
  const words = useText('templates')
  const say = useSay()
  const { content, counts, total } = preview
  const { found_cp, stated_cp } = total
  const difference = stated_cp === null ? 0 : Math.abs(found_cp - stated_cp)
  return (
    <>
      <h2>{say(content.title) === '' ? t('untitled') : say(content.title)}</h2>
      <p className="row">
        <span className="chip chip-brand">{words(`category_${content.category}`)}</span>
        {content.number === '' ? null : <span className="chip">{content.number}</span>}
        <span className="chip">{t('countSections', { n: counts.sections })}</span>
        <span className="chip">{t('countScored', { n: counts.scored })}</span>
        {counts.veto > 0 ? <span className="chip chip-serious">{t('countVeto', { n: counts.veto })}</span> : null}
        {counts.gate > 0 ? <span className="chip">{t('countGate', { n: counts.gate })}</span> : null}
        {counts.leftOut > 0 ? (
          <span className="chip chip-middling">
            <Mark shape="alert" /> {t('countLeftOut', { n: counts.leftOut })}
          </span>
        ) : null}
      </p>
      <p>
        <strong>{t('totalFound', { found: found_cp / 100 })}</strong>
        {' · '}
        {stated_cp === null ? <span className="soft">{t('totalNotStated')}</span> : null}
        {stated_cp !== null && difference === 0 ? (
          <span>
            <Mark shape="full" tone="good" /> {t('totalAgrees', { stated: stated_cp / 100 })}
          </span>
        ) : null}
        {stated_cp !== null && difference > 0 ? (
          <span>
            <Mark shape="alert" tone="serious" />{' '}
            {t('totalDiffers', { stated: stated_cp / 100, difference: difference / 100 })}
          </span>
        ) : null}
      </p>
    </>
  )
}
