import { PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { SheetView } from '../../../shared/contract/views.ts'
import type { Nonconformity } from '../../../shared/domain/sheet.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { useAction, useCall } from '../../queries.ts'
import { taskPath, useTaskId } from '../../route.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { Loaded } from '../../ui/loading.tsx'
import { Mark } from '../../ui/mark.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { NonconformityForm } from './nonconformity-form.tsx'
import { KIND_MARKS } from './kind-marks.ts'
import './nonconformities.css'

/** One's own draft nonconformities and observations of this visit. */
export function NonconformitiesScreen() {
  const taskId = useTaskId()
  const asked = useCall('sheet.open', { taskId })
  return <Loaded asked={asked}>{(view) => <Register view={view} />}</Loaded>
}

function Register({ view }: { view: SheetView }) {
  const t = useText('nonconformity')
  const client = useQueryClient()
  const [params, setParams] = useSearchParams()
  const save = useAction('sheet.saveNonconformity')
  const { taskId } = view.task
  const isReadOnly = view.sheetState === 'sealed' || view.declaration === null || view.me?.role === 'observer'
  const opened = view.nonconformities.find((n) => n.id === params.get('open')) ?? view.nonconformities[0] ?? null
  const put = (change: (list: Nonconformity[]) => Nonconformity[]) =>
    client.setQueryData<SheetView>(['sheet.open', { taskId }], (now) =>
      now === undefined ? now : { ...now, nonconformities: change(now.nonconformities) },
    )
  const add = async () => {
    const blank = blankNonconformity(`nc-${crypto.randomUUID().slice(0, 8)}`)
    const done = await save.run({ taskId, nonconformity: blank })
    if (!done.ok) return
    put((list) => [...list, blank])
    setParams({ open: blank.id })
  }
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          isReadOnly ? null : (
            <Button type="primary" icon={<PlusOutlined />} loading={save.isBusy} onClick={() => void add()}>
              {t('add')}
            </Button>
          )
        }
      />
      {view.sheetState === 'sealed' ? (
        <Alert
          type="info"
          showIcon
          title={t('sealed')}
          action={<Link to={taskPath(taskId, 'seal')}>{t('toSeal')}</Link>}
        />
      ) : null}
      <FailureNote failure={save.failure} />
      {opened === null ? (
        <EmptyState title={t('empty')} picture={<Mark shape="full" tone="good" />}>
          <p>{t('emptyHint')}</p>
        </EmptyState>
      ) : (
        <div className="nc-layout">
          <NonconformityList view={view} openId={opened.id} onOpen={(id) => setParams({ open: id })} />
          <NonconformityForm
            key={opened.id}
            view={view}
            nonconformity={opened}
            isReadOnly={isReadOnly}
            onSaved={(changed) => put((list) => list.map((n) => (n.id === changed.id ? changed : n)))}
            onRemoved={(id) => put((list) => list.filter((n) => n.id !== id))}
          />
        </div>
      )}
    </div>
  )
}

type ListProps = { view: SheetView; openId: string; onOpen: (id: string) => void }

function NonconformityList({ view, openId, onOpen }: ListProps) {
  const t = useText('nonconformity')
  const codes = new Map(templateItems(view.template).map((item) => [item.id, item.code]))
  return (
    <nav aria-label={t('list')}>
      <ul className="nc-list">
        {view.nonconformities.map((n, index) => (
          <li key={n.id}>
            <button type="button" aria-current={n.id === openId ? 'true' : undefined} onClick={() => onOpen(n.id)}>
              <span className="nc-list-head">
                <Mark {...KIND_MARKS[n.kind]} />
                <strong>{t(n.kind)}</strong>
                <span className="quiet">{n.item === null ? t('noItem') : (codes.get(n.item) ?? n.item)}</span>
                <span className="quiet">#{index + 1}</span>
              </span>
              <span className="nc-list-text">{n.evidence === '' ? t('noEvidence') : n.evidence}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function blankNonconformity(id: string): Nonconformity {
  return {
    id,
    item: null,
    kind: 'minor',
    requirement: '',
    evidence: '',
    where: '',
    when: '',
    sample: '',
    media: [],
    confirmedBy: '',
    state: 'draft',
  }
}
