import { CheckReport } from '../../parts/check-report.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import './exchange.css'
import { ImportPanel } from './import-panel.tsx'
import { Queue } from './queue.tsx'

/** Packages in, and what is on its way to the centre. */
export function ExchangeScreen() {
  const t = useText('exchange')
  return (
    <div className="page">
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <div className="stack">
        <ImportPanel />
        <Queue />
        <section className="card">
          <CheckReport heading="h2" />
        </section>
      </div>
    </div>
  )
}
