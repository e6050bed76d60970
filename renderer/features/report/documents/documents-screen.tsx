import { EditOutlined, FilePdfOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Args } from '../../../../shared/contract/api.ts'
import type { DocumentCard, DocumentChoice } from '../../../../shared/contract/document-methods.ts'
import type { Exported } from '../../../../shared/contract/views.ts'
import { useAction, useCall } from '../../../queries.ts'
import { useTaskId } from '../../../route.ts'
import { Busy, useJob } from '../../../ui/busy.tsx'
import { Choices } from '../../../ui/choices.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { Loaded } from '../../../ui/loading.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Paper } from '../../../ui/paper/paper.tsx'
import { useFormat, useLanguage, useText } from '../../../ui/text.ts'
import { DocumentList } from './document-list.tsx'
import { shownOf } from './groups.ts'
import { OwnWordsDialog } from './own-words-dialog.tsx'
import { PocketOptions } from './pocket-options.tsx'
import './documents.css'

/** Everything that can be printed for this visit beside the report. */
export function DocumentsScreen() {
  const t = useText('documents')
  const taskId = useTaskId()
  const list = useCall('document.list', { taskId })
  const [params, setParams] = useSearchParams()
  const [isWording, setWording] = useState(false)
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Button icon={<EditOutlined />} onClick={() => setWording(true)}>
            {t('words')}
          </Button>
        }
      />
      <Loaded asked={list}>
        {(cards) => {
          const shown = shownOf(cards, params.get('doc'))
          return shown === null ? (
            <EmptyState title={t('nothing')}>
              <p>{t('nothingHint')}</p>
            </EmptyState>
          ) : (
            <div className="documents">
              <DocumentList cards={cards} chosen={shown} onChoose={(doc) => setParams({ doc }, { replace: true })} />
              <Shown key={shown} document={shown} taskId={taskId} card={cards.find((c) => c.kind === shown)} />
            </div>
          )
        }}
      </Loaded>
      <OwnWordsDialog isOpen={isWording} onClose={() => setWording(false)} />
    </div>
  )
}

type Wanted = Args<'document.models'>
type ShownProps = { document: DocumentChoice; taskId: string; card: DocumentCard | undefined }

function Shown({ document, taskId, card }: ShownProps) {
  const t = useText('documents')
  const [language, setLanguage] = useState(useLanguage())
  const [pocket, setPocket] = useState<Wanted['pocket']>({ sections: null, ownPages: false, hints: true })
  const wanted: Wanted = { taskId, document, language, pocket }
  const isReady = card?.isReady !== false
  const models = useCall('document.models', wanted, { enabled: isReady })
  return (
    <section className="document-shown stack" aria-label={t('previewOf', { name: t(`doc_${document}`) })}>
      <div className="card stack-tight">
        <h2>{t(`doc_${document}`)}</h2>
        {card === undefined || card.lacks.length === 0 ? null : (
          <p className="quiet">
            {t('lacks')}
            {card.lacks.map((lack) => t(`lack_${lack}`)).join(t('lackAnd'))}
          </p>
        )}
        {isReady ? (
          <>
            {document === 'pocket' ? <PocketOptions taskId={taskId} options={pocket} onChange={setPocket} /> : null}
            <Print wanted={wanted}>
              <Choices
                label={t('language')}
                options={['zh', 'en'] as const}
                chosen={language}
                textOf={(one) => t(`language_${one}`)}
                isDisabled={false}
                onChoose={setLanguage}
              />
            </Print>
            <p className="quiet">{t('pages')}</p>
          </>
        ) : null}
      </div>
      {isReady ? (
        <Loaded asked={models}>
          {(shown) => shown.map((model) => <Paper key={model.reportNumber} model={model} taskId={taskId} />)}
        </Loaded>
      ) : null}
    </section>
  )
}

/** The way to the file, beside what is chosen for it. */
function Print({ wanted, children }: { wanted: Wanted; children: React.ReactNode }) {
  const t = useText('documents')
  const { size } = useFormat()
  const print = useAction('document.export')
  const { job, track } = useJob()
  const [file, setFile] = useState<Exported | null>(null)
  const run = async () => {
    setFile(null)
    const done = await track((id) => print.run({ ...wanted, job: id }))
    if (done.ok) setFile(done.value)
  }
  return (
    <div className="stack-tight">
      <div className="row">
        <Button type="primary" icon={<FilePdfOutlined />} disabled={job !== null} onClick={() => void run()}>
          {t('exportPdf')}
        </Button>
        {children}
      </div>
      <Busy job={job} label={t('exporting')} />
      <FailureNote failure={print.failure} onRetry={() => void run()}>
        {print.failure?.problems?.map((problem, n) => (
          <p key={n}>
            {problem.path}: {problem.message}
          </p>
        ))}
      </FailureNote>
      {file === null ? null : (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('exported', { path: file.path, size: size(file.size) })}
        />
      )}
    </div>
  )
}
