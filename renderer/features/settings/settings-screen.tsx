import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { About } from './about.tsx'
import { BackupCard } from './backup-card.tsx'
import { IdentityCard } from './identity-card.tsx'
import { LooksCard } from './looks-card.tsx'
import './settings.css'

export function SettingsScreen() {
  const t = useText('settings')
  return (
    <div className="page">
      <PageHeader title={t('title')} />
      <div className="columns">
        <div className="stack">
          <LooksCard />
          <About />
        </div>
        <div className="stack">
          <BackupCard />
          <IdentityCard />
        </div>
      </div>
    </div>
  )
}
