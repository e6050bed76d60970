import { useQueryClient } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import appMark from '../../../assets/icons/app.svg'
import type { IdentityView, NewIdentity } from '../../../shared/contract/views.ts'
import { useAction, useCall } from '../../queries.ts'
import { Loaded } from '../../ui/loading.tsx'
import { useLooks } from '../../ui/looks.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useText } from '../../ui/text.ts'
import { CopyForm } from './copy-form.tsx'
import { CreateForm } from './create-form.tsx'
import './identity.css'
import { KitForm } from './kit-form.tsx'
import { RecoveryCode } from './recovery-code.tsx'
import { UnlockForm } from './unlock-form.tsx'
import { useEnter } from './use-enter.ts'

export type Way = 'unlock' | 'create' | 'kit' | 'copy'

/** Shown while no identity is unlocked: unlock, make one, or bring one back. */
export function StartScreen() {
  const identities = useCall('identity.list', {})
  return (
    <div className="start">
      <Welcome />
      <main className="start-main">
        <Loaded asked={identities}>{(list) => <Ways identities={list} />}</Loaded>
      </main>
    </div>
  )
}

function Ways({ identities }: { identities: IdentityView[] }) {
  const t = useText('identity')
  const [chosen, setWay] = useState<Way | null>(null)
  const [created, setCreated] = useState<NewIdentity | null>(null)
  const [isRestored, setRestored] = useState(false)
  const client = useQueryClient()
  const enter = useEnter()
  const restored = () => {
    setRestored(true)
    setWay('unlock')
    void client.invalidateQueries()
  }
  const way = chosen ?? (identities.length > 0 ? 'unlock' : 'create')
  if (created) return <RecoveryCode code={created.recoveryCode} onDone={() => enter(created.identity)} />
  return (
    <>
      {way === 'unlock' ? (
        <UnlockForm identities={identities} onUnlocked={enter} notice={isRestored ? t('restored') : null} />
      ) : null}
      {way === 'create' ? <CreateForm onCreated={setCreated} /> : null}
      {way === 'kit' ? <KitForm onRecovered={enter} /> : null}
      {way === 'copy' ? <CopyForm onRestored={restored} /> : null}
      <OtherWays way={way} canUnlock={identities.length > 0} onChoose={setWay} />
    </>
  )
}

function OtherWays({ way, canUnlock, onChoose }: { way: Way; canUnlock: boolean; onChoose: (way: Way) => void }) {
  const t = useText('identity')
  const names: Record<Way, string> = {
    unlock: t('backToUnlock'),
    create: t('newIdentity'),
    kit: t('recoverKit'),
    copy: t('recoverCopy'),
  }
  const ways = (['unlock', 'create', 'kit', 'copy'] as const).filter(
    (one) => one !== way && (one !== 'unlock' || canUnlock),
  )
  return (
    <nav className="other-ways" aria-label={t('otherWays')}>
      {ways.map((one) => (
        <button key={one} type="button" onClick={() => onChoose(one)}>
          {names[one]}
        </button>
      ))}
    </nav>
  )
}

function Welcome() {
  const t = useText('identity')
  const common = useText('common')
  const looks = useLooks()
  const save = useAction('app.saveSettings', { refresh: ['app.settings'] })
  return (
    <aside className="welcome">
      <img src={appMark} alt="" width="72" height="72" />
      <h1>{common('appName')}</h1>
      <p>{t('lead')}</p>
      <ul>
        {(['pointLocal', 'pointSigned', 'pointSafe'] as const).map((point) => (
          <li key={point}>
            <Mark shape="full" /> {t(point)}
          </li>
        ))}
      </ul>
      <Segmented<'zh' | 'en'>
        aria-label={t('language')}
        value={looks.language}
        options={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(language) =>
          void save.run({ language, theme: looks.theme, textSize: looks.textSize, touch: looks.touch })
        }
      />
    </aside>
  )
}
