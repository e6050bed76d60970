import { DiffOutlined, ImportOutlined, PlusOutlined, PlusSquareOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useCall } from '../../queries.ts'
import { Loaded } from '../../ui/loading.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { DraftList } from './draft-list.tsx'
import { IssuedList } from './issued-list.tsx'
import { NewDialog } from './new-dialog.tsx'
import './templates.css'

/** The checklists on this machine: drafts in the making, and every issued edition. */
export function TemplatesScreen() {
  const t = useText('templates')
  const navigate = useNavigate()
  const issued = useCall('template.list', {})
  const drafts = useCall('template.drafts', {})
  const [isNew, setNew] = useState(false)
  const shown = (useLocation().state as { show?: string } | null)?.show ?? null
  return (
    <div className="page">
      <PageHeader
        title={t('templatesTitle')}
        subtitle={t('templatesText')}
        actions={
          <>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
              {t('new')}
            </Button>
            <Button icon={<ImportOutlined />} onClick={() => void navigate('/templates/import')}>
              {t('import')}
            </Button>
            <Button icon={<PlusSquareOutlined />} onClick={() => void navigate('/templates/layer')}>
              {t('layer')}
            </Button>
            <Button icon={<DiffOutlined />} onClick={() => void navigate('/templates/compare')}>
              {t('compare')}
            </Button>
          </>
        }
      />
      <div className="stack">
        <Loaded asked={drafts}>{(cards) => <DraftList cards={cards} onNew={() => setNew(true)} />}</Loaded>
        <Loaded asked={issued}>{(cards) => <IssuedList cards={cards} shown={shown} />}</Loaded>
      </div>
      {isNew ? <NewDialog onClose={() => setNew(false)} /> : null}
    </div>
  )
}
