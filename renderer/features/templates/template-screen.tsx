import { useDeferredValue, useState } from 'react'
import { useParams } from 'react-router'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { useCall } from '../../queries.ts'
import { Loaded } from '../../ui/loading.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { ExportButton } from './export-button.tsx'
import { TemplateView } from './template-view.tsx'
import '../../ui/fold.css'
import './templates.css'

/** An issued checklist, to read. */
export function TemplateScreen() {
  const t = useText('templates')
  const common = useText('common')
  const say = useSay()
  const { sha256 = '' } = useParams()
  const template = useCall('template.get', { sha256 })
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search)
  return (
    <div className="page">
      <Loaded asked={template}>
        {(whole) => (
          <>
            <PageHeader
              backTo="/templates"
              title={say(whole.title)}
              subtitle={
                <>
                  {whole.number} · {t('templateEdition', { n: whole.edition })} · {common('checkCode')}{' '}
                  <span className="mono one-piece">{checkCodeOf(sha256)}</span>
                </>
              }
              actions={<ExportButton source={{ sha256 }} />}
            />
            <div className="stack">
              <SearchInput
                label={t('templateSearch')}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
              />
              <TemplateView template={whole} search={wanted} />
            </div>
          </>
        )}
      </Loaded>
    </div>
  )
}
