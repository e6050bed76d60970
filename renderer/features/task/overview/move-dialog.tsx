import type { MovedItem, MoveOutcome, MovePlan } from '../../../../shared/contract/views.ts'
import type { Task } from '../../../../shared/domain/task.ts'
import { templateItems, type Template } from '../../../../shared/domain/template.ts'
import { formatMicro } from '../../../../shared/scoring/numbers.ts'
import { valueText } from '../../../../shared/text/value.ts'
import { useAction, useCall } from '../../../queries.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Fold } from '../../../ui/fold.tsx'
import { Loaded } from '../../../ui/loading.tsx'
import { Mark, type MarkShape } from '../../../ui/mark.tsx'
import { useLanguage, useList, useSay, useText } from '../../../ui/text.ts'

type MoveDialogProps = { task: Task; template: Template; onClose: () => void }

const OUTCOMES = ['dropped', 'look', 'new', 'kept'] as const
const SHAPES: Record<MoveOutcome, MarkShape> = { dropped: 'dash', look: 'alert', new: 'empty', kept: 'full' }
const TONES = { dropped: 'serious', look: 'middling', new: 'quiet', kept: 'good' } as const

/** What moving the sheet would do, item by item, before anything is done. */
export function MoveDialog({ task: { taskId }, template, onClose }: MoveDialogProps) {
  const t = useText('revision')
  const plan = useCall('sheet.movePlan', { taskId })
  const move = useAction('sheet.move', { refresh: ['sheet.open', 'task.standing', 'task.list'] })
  const confirm = async () => {
    if (plan.data === undefined) return
    const done = await move.run({ taskId, toRevision: plan.data.to.revision })
    if (done.ok) onClose()
  }
  return (
    <ConfirmDialog
      isOpen
      size="wide"
      title={t('planTitle', { from: plan.data?.from.edition ?? '', to: plan.data?.to.edition ?? template.edition })}
      confirmText={t('moveConfirm', { n: plan.data?.to.edition ?? template.edition })}
      isReady={plan.data !== undefined}
      isBusy={move.isBusy}
      failure={move.failure}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Loaded asked={plan}>{(read) => <Plan plan={read} template={template} />}</Loaded>
    </ConfirmDialog>
  )
}

function Plan({ plan, template }: { plan: MovePlan; template: Template }) {
  const t = useText('revision')
  return (
    <div className="move-plan">
      <p className="soft">{t('planText')}</p>
      {plan.toTray === 0 ? null : (
        <p className="row">
          <Mark shape="alert" tone="middling" /> {t('toTray', { n: plan.toTray })}
        </p>
      )}
      {OUTCOMES.map((outcome) => {
        const items = plan.items.filter((item) => item.outcome === outcome)
        return (
          <Fold
            key={outcome}
            title={t(`outcome_${outcome}`)}
            count={items.length}
            startsOpen={outcome !== 'kept' && items.length > 0}
          >
            {items.length === 0 ? <p className="quiet">{t('nothing')}</p> : null}
            <ul>
              {items.map((item) => (
                <Item key={item.item} item={item} template={template} />
              ))}
            </ul>
          </Fold>
        )
      })}
    </div>
  )
}

function Item({ item, template }: { item: MovedItem; template: Template }) {
  const t = useText('revision')
  const say = useSay()
  const facts = useFacts(item, template)
  const fields = useFields(item.fields)
  return (
    <li className="moved-item">
      <Mark shape={SHAPES[item.outcome]} tone={TONES[item.outcome]} />
      <div>
        {item.code} {say(item.title)}
        <p className="quiet">
          {[...facts, ...(fields === '' ? [] : [t('changedFields', { list: fields })])].join(' · ')}
        </p>
      </div>
    </li>
  )
}

/** What there is of an item: judgement and score, note, photos, and why it cannot go on. */
function useFacts({ item: id, answer, before, after, photos, why, outcome }: MovedItem, template: Template): string[] {
  const t = useText('revision')
  const language = useLanguage()
  const item = templateItems(template).find((one) => one.id === id)
  const facts: string[] = why === null ? [] : [t(`why_${why}`)]
  if (answer !== null) {
    // The words of a grade that is gone are not in the edition at hand; its score says enough.
    const words = outcome === 'dropped' || item === undefined ? '' : valueText(item, answer, template, language)
    if (words !== '') facts.push(words)
    else if (answer.state !== 'answered') facts.push(t(`state_${answer.state}`))
    if (outcome === 'dropped' && before !== null) facts.push(t('scoreSame', { score: formatMicro(before) }))
    if (outcome !== 'dropped' && before !== null && after !== null && before !== after)
      facts.push(t('scoreWas', { before: formatMicro(before), after: formatMicro(after) }))
    if (answer.note !== '' || answer.facts !== '') facts.push(t('hasNote'))
  }
  if (photos > 0) facts.push(t('photos', { n: photos }))
  return facts
}

const GROUPS = ['points', 'grades', 'rows', 'demand', 'wording'] as const
const GROUP_OF: [RegExp, (typeof GROUPS)[number]][] = [
  [/^(full_cp|allowNA|bonus|spec\.(points_cp|step_cp|list)|spec\.list\.(points_cp|maxCount|id))/, 'points'],
  [/^(gradeSets|bands|spec\.(gradeSet|model))/, 'grades'],
  [/^(indicator|spec\.rows)/, 'rows'],
  [/^demand/, 'demand'],
]

/** Which sides of the item changed, told once each. */
function useFields(fields: readonly string[]): string {
  const t = useText('revision')
  const list = useList()
  const groups = new Set(
    fields
      .filter((field) => field !== 'code')
      .map((field) => GROUP_OF.find(([pattern]) => pattern.test(field))?.[1] ?? 'wording'),
  )
  return list(GROUPS.filter((group) => groups.has(group)).map((group) => t(`changed_${group}`)))
}
