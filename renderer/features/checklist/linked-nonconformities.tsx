import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { NONCONFORMITY_KINDS, type Nonconformity } from '../../../shared/domain/sheet.ts'
import type { Item } from '../../../shared/domain/template.ts'
import { cleanText, say } from '../../../shared/domain/text.ts'
import { call } from '../../bridge.ts'
import { Area } from '../../ui/area.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useAttempt } from '../../queries.ts'
import { useLanguage, useText } from '../../ui/text.ts'
import { useNonconformities, useSheetStore } from './sheet-context.tsx'

/** The item's nonconformities and the quick way to draft one: grade and objective evidence, the rest can follow. */
export function LinkedNonconformities({ item, isDemanded }: { item: Item; isDemanded: boolean }) {
  const t = useText('checklist')
  const store = useSheetStore()
  const [isDrafting, setDrafting] = useState(false)
  const linked = useNonconformities().filter((n) => n.item === item.id)
  const { taskId } = store.view.task
  return (
    <section className="linked">
      {linked.length > 0 ? (
        <ul>
          {linked.map((n) => (
            <li key={n.id}>
              <Link to={`/task/${taskId}/nonconformities?open=${n.id}`}>
                {t(`nc_${n.kind}`)} · {n.evidence.slice(0, 60) || t('ncEmpty')}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {isDrafting ? (
        <Draft item={item} onDone={() => setDrafting(false)} />
      ) : store.isReadOnly ? null : (
        <Button
          {...(isDemanded && linked.length === 0 ? { type: 'primary' as const } : {})}
          onClick={() => setDrafting(true)}
        >
          {t('raiseNonconformity')}
        </Button>
      )}
    </section>
  )
}

function Draft({ item, onDone }: { item: Item; onDone: () => void }) {
  const t = useText('checklist')
  const language = useLanguage()
  const store = useSheetStore()
  const answer = store.answer(item.id)
  const [evidence, setEvidence] = useState(answer?.facts || answer?.note || '')
  const { failure, attempt } = useAttempt()
  const save = async (kind: Nonconformity['kind']) => {
    const draft: Nonconformity = {
      id: `nc-${crypto.randomUUID().slice(0, 8)}`,
      item: item.id,
      kind,
      requirement: [`${item.code} ${say(item.title, language)}`, item.basis].filter((part) => part !== '').join('\n'),
      evidence: cleanText(evidence),
      where: '',
      when: '',
      sample: '',
      media: store.media().flatMap((m) => (m.discardedAt === null && m.items.includes(item.id) ? [m.sha256] : [])),
      confirmedBy: '',
      state: 'draft',
    }
    await attempt(async () => {
      await call('sheet.saveNonconformity', { taskId: store.view.task.taskId, nonconformity: draft })
      store.putNonconformity(draft)
      onDone()
    })
  }
  return (
    <div className="nc-draft">
      <label className="field">
        {t('ncEvidence')}
        <Area value={evidence} rows={2} onChange={(e) => setEvidence(e.target.value)} />
      </label>
      <FailureNote failure={failure} />
      <div className="answer-states" role="group" aria-label={t('ncSaveAs')}>
        <span>{t('ncSaveAs')}</span>
        {NONCONFORMITY_KINDS.map((kind) => (
          <Button key={kind} onClick={() => void save(kind)}>
            {t(`nc_${kind}`)}
          </Button>
        ))}
        <Button type="text" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
