import { ReloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useSyncExternalStore } from 'react'
import type { Item } from '../../../../../shared/domain/template.ts'
import { fullMicro } from '../../../../../shared/scoring/answer.ts'
import { formatBp, formatMicro } from '../../../../../shared/scoring/numbers.ts'
import { ItemAnswer } from '../../../../parts/judgement/item-answer.tsx'
import { ItemAsk, ItemMarks, Lacks } from '../../../../parts/judgement/item-ask.tsx'
import { JudgedSheetProvider, useAnswer } from '../../../../parts/judgement/judged-sheet.ts'
import { useChecklistKeys } from '../../../../parts/judgement/use-checklist-keys.ts'
import { WhyItem } from '../../../../parts/judgement/why-item.tsx'
import { useSay, useText } from '../../../../ui/text.ts'
import { itemOf } from '../lens.ts'
import { canTry } from '../trial-sheet.ts'
import { useEditor, useStore } from '../use-editor.ts'

/** The item as an expert meets it on site, to be tried: nothing given here is stored. */
export function ItemPreview({ id }: { id: string }) {
  const t = useText('templateEditor')
  const say = useSay()
  const { trial } = useStore()
  const content = useEditor((state) => state.content)
  const item = itemOf(content, id)
  if (!item) return null
  return (
    <JudgedSheetProvider value={trial}>
      <article className="item-preview" aria-label={t('view_preview')}>
        <p className="quiet">{t('previewNote')}</p>
        <div className="item-head-line">
          <ItemMarks item={item} />
        </div>
        <h3 className="preview-title">{say(item.title) || t('untitledItem')}</h3>
        {canTry(item, content) ? <Trial key={id} item={item} /> : <p className="soft">{t('previewNotYet')}</p>}
        <ItemAsk item={item} />
      </article>
    </JudgedSheetProvider>
  )
}

const nothing = (): void => undefined

function Trial({ item }: { item: Item }) {
  const { trial } = useStore()
  const answer = useAnswer(item.id)
  const problems = trial.problems(item)
  const { entry, chooseUnit } = useChecklistKeys({
    store: trial,
    item,
    isJudgingOnly: true,
    onMove: nothing,
    onSelect: nothing,
    onJump: nothing,
    onNote: nothing,
    onPhoto: nothing,
    onFind: nothing,
    onMeasure: () => document.querySelector<HTMLElement>('.preview .measured input')?.focus(),
    onCancel: nothing,
  })
  return (
    <>
      <ItemAnswer item={item} entry={entry} problems={problems} onUnit={chooseUnit} />
      <Outcome item={item} score={answer?.score ?? null} isGiven={answer !== null} />
      <Lacks problems={problems} />
      <WhyItem item={item} />
    </>
  )
}

/** What the judgement comes to: the item's score, and its section's so far. */
function Outcome({ item, score, isGiven }: { item: Item; score: number | null; isGiven: boolean }) {
  const t = useText('templateEditor')
  const { trial } = useStore()
  const hasAny = useSyncExternalStore(trial.subscribe, trial.hasAny)
  const section = trial.section(item.id)
  const own =
    item.full_cp === null
      ? t(isGiven ? 'trialGiven' : 'trialOpen')
      : score === null
        ? t('trialOpen')
        : t('trialScore', { score: formatMicro(score), full: formatMicro(fullMicro(item)) })
  return (
    <div className="trial-outcome">
      <output aria-live="polite">
        <strong>{own}</strong>
        {section === null || section.full === 0 ? null : (
          <span>
            {t('trialSection', {
              got: formatMicro(section.base),
              applicable: formatMicro(section.applicable),
              rate: section.rate_bp === null ? '—' : `${formatBp(section.rate_bp)}%`,
            })}
          </span>
        )}
      </output>
      <Button icon={<ReloadOutlined />} disabled={!hasAny} title={t('trialResetHint')} onClick={() => trial.reset()}>
        {t('trialReset')}
      </Button>
    </div>
  )
}
