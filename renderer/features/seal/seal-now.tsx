import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useAction } from '../../queries.ts'
import { Busy, useJob } from '../../ui/busy.tsx'
import { PassphrasePrompt } from '../../ui/passphrase-prompt.tsx'
import { useText } from '../../ui/text.ts'

/** The one step that freezes and signs. */
export function SealNow({ taskId, isReady }: { taskId: string; isReady: boolean }) {
  const t = useText('seal')
  const seal = useAction('sheet.seal', { refresh: ['sheet.open', 'task.list', 'team.open', 'package.list'] })
  const { job, track } = useJob()
  const [isAsking, setAsking] = useState(false)
  const confirm = async (passphrase: string) => {
    const done = await track((id) => seal.run({ taskId, passphrase, job: id }))
    return done.ok ? null : done.failure
  }
  return (
    <section className="seal-now">
      <Button
        type="primary"
        size="large"
        icon={<SafetyCertificateOutlined />}
        disabled={!isReady}
        onClick={() => setAsking(true)}
      >
        {isReady ? t('sealNow') : t('notYet')}
      </Button>
      <PassphrasePrompt
        isOpen={isAsking}
        title={t('sealTitle')}
        confirmText={t('sealNow')}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        <p>{t('sealWarning')}</p>
        <Busy job={job} label={t('sealing')} />
      </PassphrasePrompt>
    </section>
  )
}
