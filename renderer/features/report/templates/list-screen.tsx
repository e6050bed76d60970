import { DeleteOutlined, EditOutlined, ExportOutlined, ImportOutlined, PlusSquareOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ReportTemplateCard } from '../../../../shared/contract/report-template-methods.ts'
import type { Exported } from '../../../../shared/contract/views.ts'
import { CATEGORIES } from '../../../../shared/domain/template.ts'
import { useAction, useCall } from '../../../queries.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Loaded } from '../../../ui/loading.tsx'
import { Mark } from '../../../ui/mark.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { useFormat, useSay, useText } from '../../../ui/text.ts'
import './templates.css'

/** The report templates on this machine, by category: the built-in one and one's own with their editions. */
export function ReportTemplatesScreen() {
  const t = useText('reportTemplates')
  const navigate = useNavigate()
  const list = useCall('reportTemplate.list', {})
  const take = useAction('reportTemplate.import', { refresh: ['reportTemplate.list'] })
  const run = async () => {
    const done = await take.run({})
    if (done.ok && done.value !== null) void navigate(`/report-templates/${done.value.id}`)
  }
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Button icon={<ImportOutlined />} loading={take.isBusy} onClick={() => void run()}>
            {t('import')}
          </Button>
        }
      />
      <div className="stack">
        <FailureNote failure={take.failure} onRetry={() => void run()} />
        <Loaded asked={list}>
          {(cards) =>
            CATEGORIES.map((category) => (
              <section key={category} className="card stack-tight" aria-label={t(`category_${category}`)}>
                <h2>{t(`category_${category}`)}</h2>
                <ul className="report-templates">
                  {cards
                    .filter((card) => card.category === category)
                    .map((card) => (
                      <Card key={card.id} card={card} />
                    ))}
                </ul>
              </section>
            ))
          }
        </Loaded>
      </div>
    </div>
  )
}

const REFRESH = { refresh: ['reportTemplate.list', 'report.model', 'document.models'] } as const

function Card({ card }: { card: ReportTemplateCard }) {
  const t = useText('reportTemplates')
  const say = useSay()
  const { dateTime, size } = useFormat()
  const navigate = useNavigate()
  const use = useAction('reportTemplate.use', { refresh: [...REFRESH.refresh] })
  const create = useAction('reportTemplate.create', { refresh: ['reportTemplate.list'] })
  const write = useAction('reportTemplate.export')
  const [file, setFile] = useState<Exported | null>(null)
  const [isAsking, setAsking] = useState(false)
  const { category, isBuiltIn } = card
  const name = say(card.name) || t('unnamed')
  const newest = card.editions[0]
  const copy = async () => {
    const from = newest === undefined ? { category } : { sha256: newest.sha256 }
    const done = await create.run({ from })
    if (done.ok) void navigate(`/report-templates/${done.value.id}`)
  }
  const save = async (sha256: string) => {
    const done = await write.run({ sha256 })
    if (done.ok) setFile(done.value)
  }
  return (
    <li className="stack-tight" aria-label={name}>
      <div className="report-template">
        <div>
          <strong>{name}</strong> {isBuiltIn ? <span className="chip">{t('builtIn')}</span> : null}{' '}
          {isBuiltIn && card.isUsed ? <Used /> : null}
          {card.draftAt === null ? null : <p className="quiet">{t('draftAt', { time: dateTime(card.draftAt) })}</p>}
        </div>
        <div className="actions">
          {isBuiltIn && !card.isUsed ? (
            <Button loading={use.isBusy} onClick={() => void use.run({ category, sha256: null })}>
              {t('useBuiltIn')}
            </Button>
          ) : null}
          {isBuiltIn ? null : (
            <Button icon={<EditOutlined />} onClick={() => void navigate(`/report-templates/${card.id}`)}>
              {t('edit')}
            </Button>
          )}
          {isBuiltIn || newest !== undefined ? (
            <Button icon={<PlusSquareOutlined />} loading={create.isBusy} onClick={() => void copy()}>
              {t('copy')}
            </Button>
          ) : null}
          {isBuiltIn ? null : (
            <Button icon={<DeleteOutlined />} onClick={() => setAsking(true)}>
              {t('remove')}
            </Button>
          )}
        </div>
      </div>
      {card.editions.length === 0 ? null : (
        <ul className="report-template-editions">
          {card.editions.map((one) => (
            <li key={one.sha256} className="row">
              <span>
                {t('edition', { n: one.edition })} ·{' '}
                <span className="quiet">{t('savedAt', { time: dateTime(one.savedAt) })}</span>
              </span>
              {one.isUsed ? (
                <Used />
              ) : (
                <Button size="small" onClick={() => void use.run({ category, sha256: one.sha256 })}>
                  {t('use')}
                </Button>
              )}
              <Button size="small" icon={<ExportOutlined />} onClick={() => void save(one.sha256)}>
                {t('export')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <FailureNote failure={use.failure ?? create.failure ?? write.failure} />
      {file === null ? null : (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('exported', { path: file.path, size: size(file.size) })}
        />
      )}
      {isAsking ? <Remove card={card} name={name} onClose={() => setAsking(false)} /> : null}
    </li>
  )
}

function Used() {
  const t = useText('reportTemplates')
  return (
    <span className="chip chip-good">
      <Mark shape="full" tone="good" /> {t('used')}
    </span>
  )
}

function Remove({ card, name, onClose }: { card: ReportTemplateCard; name: string; onClose: () => void }) {
  const t = useText('reportTemplates')
  const remove = useAction('reportTemplate.remove', { refresh: [...REFRESH.refresh] })
  const run = async () => {
    const done = await remove.run({ id: card.id })
    if (done.ok) onClose()
  }
  return (
    <ConfirmDialog
      isOpen
      title={t('removeAsk', { name })}
      confirmText={t('remove')}
      isDanger
      isBusy={remove.isBusy}
      failure={remove.failure}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <p>{t('removeText')}</p>
    </ConfirmDialog>
  )
}
