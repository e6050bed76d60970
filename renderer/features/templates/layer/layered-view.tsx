import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Template } from '../../../../shared/domain/template.ts'
import { useAction } from '../../../queries.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useSay, useText } from '../../../ui/text.ts'
import { layerEffect } from './effect.ts'
import { Added, Moves } from './effect-tables.tsx'

type LayeredViewProps = {
  base: Template
  merged: Template
  /** Its issued form when it is on the list. */
  listed: string | null
  layers: { base: string; addOn: string }
}

/** What the add-on makes of the general checklist, and its way onto the list. */
export function LayeredView({ base, merged, listed, layers }: LayeredViewProps) {
  const t = useText('templateLayer')
  const say = useSay()
  const navigate = useNavigate()
  const [isAsking, setAsking] = useState(false)
  const [adopted, setAdopted] = useState<string | null>(null)
  const issued = adopted ?? listed
  const adopt = useAction('template.adoptLayered', { refresh: ['template.list'] })
  const effect = layerEffect(base, merged)
  const { before_cp, after_cp } = effect.total
  const isSame = before_cp === after_cp
  const confirm = async () => {
    const done = await adopt.run(layers)
    if (!done.ok) return
    setAsking(false)
    setAdopted(done.value.sha256)
  }
  return (
    <>
      <section className="card stack-tight" aria-labelledby="layer-result">
        <h2 id="layer-result">{t('resultTitle')}</h2>
        <p>
          <strong>{say(merged.title)}</strong>{' '}
          <span className="quiet">{t('result', { number: merged.number, edition: merged.edition })}</span>
        </p>
        <p>
          {t('summary', {
            moves: effect.moves.length,
            given: effect.given_cp / 100,
            items: effect.added.reduce((sum, { items }) => sum + items.length, 0),
            taken: effect.taken_cp / 100,
          })}{' '}
          <strong>
            <Mark shape={isSame ? 'full' : 'alert'} tone={isSame ? 'good' : 'middling'} />{' '}
            {isSame
              ? t('totalSame', { total: after_cp / 100 })
              : t('totalChanged', { before: before_cp / 100, after: after_cp / 100 })}
          </strong>
        </p>
        {issued !== null ? (
          <div className="layer-done" role="status">
            <Mark shape="full" tone="good" /> {t(adopted === null ? 'already' : 'adopted')}
            <Button onClick={() => void navigate('/templates')}>{t('toList')}</Button>
            <Button type="primary" onClick={() => void navigate('/', { state: { begin: 'task', template: issued } })}>
              {t('useInTask')}
            </Button>
          </div>
        ) : (
          <div className="row">
            <Button type="primary" size="large" onClick={() => setAsking(true)}>
              {t('adopt')}
            </Button>
            <span className="soft layer-adopt-text">{t('adoptText')}</span>
          </div>
        )}
      </section>
      <div className="layer-effect">
        <Moves effect={effect} />
        <Added effect={effect} />
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('adoptTitle', { title: say(merged.title) })}
        confirmText={t('adopt')}
        isBusy={adopt.isBusy}
        failure={adopt.failure}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <p>{t('adoptText')}</p>
      </ConfirmDialog>
    </>
  )
}
