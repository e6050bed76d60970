import { useState } from 'react'
import { Input } from 'antd'
import { cleanLine } from '../../../shared/domain/text.ts'
import type { Failure } from '../../../shared/contract/errors.ts'
import { useAction } from '../../queries.ts'
import { Field } from '../../ui/fields.tsx'
import { PassphrasePrompt } from '../../ui/passphrase-prompt.tsx'
import { useText } from '../../ui/text.ts'

/** Founds a project: a name, and the passphrase because the first roster is signed. */
export function FoundDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useText('project')
  const found = useAction('project.found', { refresh: ['project.list'] })
  const [name, setName] = useState('')
  const [isMissing, setMissing] = useState(false)
  const confirm = async (passphrase: string): Promise<Failure | null> => {
    const cleaned = cleanLine(name)
    setMissing(cleaned === '')
    if (cleaned === '') return { code: 'cancelled' }
    const done = await found.run({ name: cleaned, passphrase })
    if (done.ok) setName('')
    return done.ok ? null : done.failure
  }
  return (
    <PassphrasePrompt
      isOpen={isOpen}
      title={t('foundTitle')}
      confirmText={t('create')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className="soft">{t('foundText')}</p>
      <Field
        label={t('foundName')}
        hint={t('foundNameHint')}
        isRequired
        error={isMissing ? t('foundNameRequired') : undefined}
      >
        {(control) => (
          <Input {...control} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
    </PassphrasePrompt>
  )
}
