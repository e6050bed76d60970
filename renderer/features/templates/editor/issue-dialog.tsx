import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import type { TemplateCard } from '../../../../shared/contract/views.ts'
import { isScored, templateItems } from '../../../../shared/domain/template.ts'
import { checkCodeOf } from '../../../../shared/report/model.ts'
import { useAction } from '../../../queries.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { useFormat, useSay, useText } from '../../../ui/text.ts'
import { forgetEditor } from './editor-store.ts'
import { writeNumber } from './numbers.ts'
import { useEditor, useStore } from './use-editor.ts'

/** Freezes the checklist for ever: what it is, what is still wrong, and afterwards what came of it. */
export function IssueDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<TemplateCard | null>(null)
  return issued === null ? <Ask onClose={onClose} onIssued={setIssued} /> : <Issued card={issued} />
}

function Ask({ onClose, onIssued }: { onClose: () => void; onIssued: (card: TemplateCard) => void }) {
  const t = useText('templateEditor')
  const common = useText('common')
  const say = useSay()
  const { day } = useFormat()
  const store = useStore()
  const issue = useAction('template.issue', { refresh: ['template.list', 'template.drafts'] })
  const content = useEditor((state) => state.content)
  const findings = useEditor((state) => state.findings)
  const isChecked = useEditor((state) => state.isChecked)
  const [isSaving, setSaving] = useState(false)
  useEffect(() => void store.check(), [store])
  const errors = findings.filter((one) => one.severity === 'error').length
  const items = templateItems(content)
  const scored = items.filter(isScored).length
  const show = () => {
    store.show({ side: 'findings' })
    onClose()
  }
  const run = async () => {
    setSaving(true)
    const unstored = await store.saver.flush()
    setSaving(false)
    if (unstored !== null) return
    const made = await issue.run({ draftId: store.draftId })
    if (made.ok) {
      forgetEditor(store.draftId)
      onIssued(made.value)
    }
  }
  const facts: [string, string][] = [
    [t('number'), `${content.number || '—'} · ${t('editionN', { n: content.edition })}`],
    [t('title'), say(content.title) || '—'],
    [
      t('contents'),
      t('totals', { full: writeNumber(content.totalFull_cp, 100), scored, words: items.length - scored }),
    ],
    [t('effectiveDate'), content.effectiveDate === null ? t('fromIssue') : day(content.effectiveDate)],
  ]
  return (
    <Dialog
      isOpen
      title={t('issueTitle')}
      onClose={onClose}
      isBusy={issue.isBusy || isSaving}
      footer={
        <>
          <Button onClick={onClose} disabled={issue.isBusy}>
            {common('cancel')}
          </Button>
          {errors > 0 ? (
            <Button type="primary" onClick={show}>
              {t('showFindings')}
            </Button>
          ) : (
            <Button type="primary" loading={issue.isBusy || isSaving || !isChecked} onClick={() => void run()}>
              {t('issueNow')}
            </Button>
          )}
        </>
      }
    >
      <dl className="facts">
        {facts.map(([name, text]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {errors > 0 ? (
        <p role="alert">
          <Mark shape="alert" tone="serious" /> {t('issueRefused', { n: errors })}
        </p>
      ) : (
        <p>
          <Mark shape="flag" tone="plain" /> {t('issueText')}
        </p>
      )}
      {errors === 0 && findings.length > 0 ? (
        <p className="row">
          <Mark shape="alert" tone="middling" /> {t('issueWarnings', { n: findings.length })}
          <Button type="link" className="in-text" onClick={show}>
            {t('showFindings')}
          </Button>
        </p>
      ) : null}
      {issue.failure?.code === 'alreadyExists' ? (
        <p role="alert" className="field-error">
          <Mark shape="alert" tone="serious" /> {t('numberTaken', { number: content.number, edition: content.edition })}
        </p>
      ) : (
        <FailureNote failure={issue.failure} />
      )}
    </Dialog>
  )
}

function Issued({ card }: { card: TemplateCard }) {
  const t = useText('templateEditor')
  const say = useSay()
  const navigate = useNavigate()
  const layers = useText('templateLayer')
  const leave = () => void navigate('/templates', { state: { show: card.sha256 } })
  return (
    <Dialog
      isOpen
      title={t('issuedTitle')}
      onClose={leave}
      footer={
        <>
          <Button onClick={() => void navigate('/', { state: { begin: 'task', template: card.sha256 } })}>
            {layers('useInTask')}
          </Button>
          <Button type="primary" onClick={leave}>
            {t('toList')}
          </Button>
        </>
      }
    >
      <p>
        <Mark shape="full" tone="good" /> {t('issuedText')}
      </p>
      <div className="card">
        <strong>{say(card.title)}</strong>
        <p className="quiet">
          {card.number} · {t('editionN', { n: card.edition })}
        </p>
        <p>
          {t('checkCode')} <span className="mono one-piece">{checkCodeOf(card.sha256)}</span>
        </p>
      </div>
      <p className="soft">{t('issuedNext')}</p>
    </Dialog>
  )
}
