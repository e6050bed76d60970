import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useSearchParams } from 'react-router'
import type { TeamSheet } from '../../../shared/contract/views.ts'
import { isPicture } from '../../../shared/domain/sheet.ts'
import { templateItems, type Item } from '../../../shared/domain/template.ts'
import { formatMicro, MICRO_PER_CP } from '../../../shared/scoring/numbers.ts'
import { valueText } from '../../../shared/text/value.ts'
import { Fold } from '../../ui/fold.tsx'
import { LargePhoto, PhotoThumb } from '../../ui/photo-thumb.tsx'
import { useLanguage, useList, useSay, useText } from '../../ui/text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useState } from 'react'
import { DecisionForm } from './decision-form.tsx'
import { Flags } from './flags.tsx'
import { useRows } from './matrix-part.tsx'
import { useNames, usePeople, useTeam } from './use-team.tsx'
import { WhyItem } from './why-item.tsx'

/** One item on the table: everyone's value, words and photos side by side, the proposal, and the team's decision. */
export function ItemPage({ itemId }: { itemId: string }) {
  const t = useText('team')
  const list = useList()
  const say = useSay()
  const { template, outcome, sheets } = useTeam()
  const people = usePeople()
  const nameOf = useNames()
  const [params, setParams] = useSearchParams()
  const item = templateItems(template).find((i) => i.id === itemId)
  const merged = outcome.merge.items.find((m) => m.item === itemId)
  const why = outcome.why.sections.flatMap((s) => s.items).find((i) => i.item === itemId)
  const open = useRows('blocking', null).filter((row) => row.merged.outcome === 'open' && row.item.id !== itemId)
  const go = (next: string | null) => {
    const { item: _, ...rest } = Object.fromEntries(params)
    setParams(next === null ? rest : { ...rest, item: next })
  }
  if (item === undefined || merged === undefined || why === undefined) return null
  const counted = people.flatMap((person) => sheets.find((sheet) => sheet.personId === person) ?? [])
  const [present, absent] = [true, false].map((has) =>
    counted.filter((sheet) => sheet.sheet.answers.some((answer) => answer.item === itemId) === has),
  ) as [TeamSheet[], TeamSheet[]]
  const next = open[0]?.item
  return (
    <article className="stack item-page" aria-label={item.code}>
      <div className="row">
        <Button icon={<ArrowLeftOutlined />} onClick={() => go(null)}>
          {t('backToMatrix')}
        </Button>
        {next === undefined ? null : (
          <Button onClick={() => go(next.id)}>{t('nextOpen', { code: next.code, n: open.length })}</Button>
        )}
        {outcome.merge.status === 'closed' ? (
          <Button onClick={() => setParams({ part: 'conclusion' })}>{t('toConclusion')}</Button>
        ) : null}
      </div>
      <header>
        <div className="row">
          <span className="item-page-code">{item.code}</span>
          {item.full_cp === null ? null : (
            <span className="quiet">{t('points', { n: formatMicro(item.full_cp * MICRO_PER_CP) })}</span>
          )}
          <Flags flags={merged.flags} method={outcome.merge.method} isSettled={merged.outcome !== 'open'} />
        </div>
        <h2>{say(item.title)}</h2>
        {say(item.guidance) === '' ? null : <p className="quiet pre">{say(item.guidance)}</p>}
      </header>
      <div className="table-and-decision">
        <div className="stack">
          <ul className="side-by-side">
            {present.map((sheet) => (
              <PersonCard key={sheet.digest} item={item} sheet={sheet} />
            ))}
          </ul>
          {absent.length === 0 ? null : (
            <p className="quiet">{t('notTheirs', { names: list(absent.map((s) => nameOf(s.personId))) })}</p>
          )}
          <Fold title={t('why')}>
            <WhyItem item={item} why={why} />
          </Fold>
        </div>
        <DecisionForm key={item.id} item={item} merged={merged} decision={why.decision} />
      </div>
    </article>
  )
}

function PersonCard({ item, sheet }: { item: Item; sheet: TeamSheet }) {
  const t = useText('team')
  const language = useLanguage()
  const list = useList()
  const { template, task } = useTeam()
  const nameOf = useNames()
  const [opened, setOpened] = useState<string | null>(null)
  const answer = sheet.sheet.answers.find((a) => a.item === item.id)
  const isOwner = task.team.some((m) => m.personId === sheet.personId && m.owns.includes(item.id))
  if (answer === undefined) return null
  const media = sheet.sheet.media
    .filter((m) => answer.media.includes(m.sha256) || m.items.includes(item.id))
    .map((m) => ({ ...m, preview: isPicture(m) }))
  const shown = media.find((m) => m.sha256 === opened)
  const texts = [
    [t('reason'), answer.reason],
    [t('facts'), answer.facts],
    [t('note'), answer.note],
    [t('noEvidence'), answer.noEvidence],
    [t('documents'), answer.documents.map((d) => [d.name, d.number, d.date].filter(Boolean).join(' ')).join('\n')],
    [t('people'), list(answer.people)],
  ].filter(([, text]) => text !== '')
  return (
    <li className="card person-card">
      <h3>
        {nameOf(sheet.personId)} {isOwner ? <span className="owner-mark">{t('owner')}</span> : null}
      </h3>
      <p className="person-value">{valueText(item, answer, template, language)}</p>
      {answer.score === null || item.type === 'points' ? null : (
        <p className="quiet">{t('points', { n: formatMicro(answer.score) })}</p>
      )}
      {answer.pending === null ? null : (
        <p>{t('pending', { who: answer.pending.who, due: answer.pending.due ?? '' })}</p>
      )}
      <dl>
        {texts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="pre">{text}</dd>
          </div>
        ))}
      </dl>
      <ul className="thumbs">
        {media.map((medium) => (
          <li key={medium.sha256}>
            <PhotoThumb
              medium={medium}
              taskId={task.taskId}
              label={t('openPhoto', { name: medium.caption || medium.name })}
              onClick={() => setOpened(medium.sha256)}
            />
          </li>
        ))}
      </ul>
      <Dialog
        isOpen={shown !== undefined}
        size="wide"
        title={shown === undefined ? t('photo') : shown.caption || shown.name}
        onClose={() => setOpened(null)}
        footer={<Button onClick={() => setOpened(null)}>{t('done')}</Button>}
      >
        {shown === undefined ? null : <LargePhoto medium={shown} taskId={task.taskId} />}
      </Dialog>
    </li>
  )
}
