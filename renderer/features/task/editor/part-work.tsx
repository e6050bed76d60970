import { Button } from 'antd'
import { useFormContext, useWatch } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { templateItems, type Item } from '../../../../shared/domain/template.ts'
import { Fold } from '../../../ui/fold.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useList, useSay, useText } from '../../../ui/text.ts'
import { useEditing } from './editor-context.ts'
import { WorkTable } from './work-table.tsx'
import { shareOf, withShare, workGaps, type DraftMember, type Share } from './work.ts'

/** Who answers for an item and who scores it independently. */
export function WorkPart() {
  const t = useText('task')
  const say = useSay()
  const { template } = useEditing()
  const { control, setValue } = useFormContext<TaskContent>()
  const team = useWatch({ control, name: 'team' })
  const scorers = team.filter((member) => member.role !== 'observer')
  const put = (next: DraftMember[]) => setValue('team', next, { shouldDirty: true })
  const give = (personId: string, items: string[], share: Share) =>
    put(withShare(team, personId, items, share, template))
  const everything = templateItems(template).map((item) => item.id)
  const reviewAll = () =>
    put(
      scorers.reduce<DraftMember[]>((all, { personId, owns }) => {
        const rest = everything.filter((id) => !owns.includes(id))
        return withShare(all, personId, rest, 'review', template)
      }, team),
    )
  if (scorers.length === 0) return <p>{t('noScorers')}</p>
  return (
    <>
      <p className="soft">{t('workHint')}</p>
      <Counts scorers={scorers} items={everything} />
      <Gaps team={team} />
      <div>
        <Button onClick={reviewAll}>{t('allReview')}</Button>
      </div>
      <div>
        {template.sections.map((section, index) => (
          <Fold key={section.id} title={`${section.code} ${say(section.title)}`} startsOpen={index === 0}>
            <WorkTable section={section} scorers={scorers} onGive={give} />
          </Fold>
        ))}
      </div>
    </>
  )
}

function Counts({ scorers, items }: { scorers: DraftMember[]; items: string[] }) {
  const t = useText('task')
  return (
    <ul className="row">
      {scorers.map((member) => {
        const shares = items.map((id) => shareOf(member, id))
        return (
          <li key={member.personId} className="chip">
            <strong>{member.name}</strong>
            {t('countsOf', {
              own: shares.filter((one) => one === 'own').length,
              review: shares.filter((one) => one === 'review').length,
            })}
          </li>
        )
      })}
    </ul>
  )
}

function Gaps({ team }: { team: DraftMember[] }) {
  const t = useText('task')
  const list = useList()
  const codes = (items: Item[]) => list(items.map((item) => item.code))
  const { template } = useEditing()
  const { vetoFew, needed, nobody, ownerless } = workGaps(team, template)
  if (vetoFew.length + nobody.length + ownerless === 0) {
    return (
      <p role="status">
        <Mark shape="full" tone="good" /> {t('workComplete')}
      </p>
    )
  }
  return (
    <ul className="gaps" role="status">
      {vetoFew.length === 0 ? null : (
        <li>
          <Mark shape="stop" tone="serious" /> {t('vetoFew', { code: codes(vetoFew), n: needed })}
        </li>
      )}
      {nobody.length === 0 ? null : (
        <li>
          <Mark shape="alert" tone="serious" /> {t('itemNobody', { code: codes(nobody) })}
        </li>
      )}
      {ownerless === 0 ? null : (
        <li>
          <Mark shape="dash" tone="middling" /> {t('ownerNone', { n: ownerless })}
        </li>
      )}
    </ul>
  )
}
