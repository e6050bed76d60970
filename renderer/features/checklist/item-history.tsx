import { useEffect } from 'react'
import type { AnswerChange } from '../../../shared/contract/views.ts'
import type { Answer } from '../../../shared/domain/sheet.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { valueText } from '../../../shared/text/value.ts'
import { useCall } from '../../queries.ts'
import { Fold } from '../../ui/fold.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { useFormat, useLanguage, useText } from '../../ui/text.ts'
import { useItemSave, useSheetStore } from './sheet-context.tsx'

/** Every change of the judgement that was saved, newest first; changes of words only are told as such. */
export function ItemHistory({ item }: { item: Item }) {
  const t = useText('checklist')
  return (
    <Fold title={t('history')}>
      <Changes item={item} />
    </Fold>
  )
}

function Changes({ item }: { item: Item }) {
  const t = useText('checklist')
  const store = useSheetStore()
  const language = useLanguage()
  const { dateTime } = useFormat()
  const save = useItemSave(item.id)
  const at = save?.kind === 'saved' ? save.at : ''
  const { taskId } = store.view.task
  const asked = useCall('sheet.history', { taskId, item: item.id })
  const { refetch } = asked
  useEffect(() => {
    if (at !== '') void refetch()
  }, [at, refetch])
  const told = (answer: Answer | null) => {
    if (answer === null) return t('unanswered')
    const { state, value, score } = answer
    return valueText(item, { state, value, score }, store.view.template, language) || t('unanswered')
  }
  const line = ({ before, after }: AnswerChange) => {
    const [from, to] = [told(before), told(after)]
    return from === to ? t('historyWords', { value: to }) : t('historyValue', { from, to })
  }
  return (
    <Loaded asked={asked}>
      {(changes) =>
        changes.length === 0 ? (
          <p className="quiet">{t('historyNone')}</p>
        ) : (
          <ol className="item-history">
            {changes.toReversed().map((change, index) => (
              <li key={index}>
                <time dateTime={change.at}>{dateTime(change.at)}</time> {line(change)}
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  )
}
