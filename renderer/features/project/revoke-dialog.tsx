import type { Failure } from '../../../shared/contract/errors.ts'
import type { RosterPerson } from '../../../shared/contract/views.ts'
import { useAction } from '../../queries.ts'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { PassphrasePrompt } from '../../ui/passphrase-prompt.tsx'
import { useText } from '../../ui/text.ts'

type RevokeDialogProps = { projectId: string; person: RosterPerson; onRevoked: () => void; onClose: () => void }

/** Withdraws a person's key from now on: says what that means, then the new roster is signed. */
export function RevokeDialog({ projectId, person, onRevoked, onClose }: RevokeDialogProps) {
  const t = useText('project')
  const revoke = useAction('project.revoke', { refresh: ['project.list'] })
  const confirm = async (passphrase: string): Promise<Failure | null> => {
    const done = await revoke.run({ projectId, keyId: person.keyId, passphrase })
    if (!done.ok) return done.failure
    onRevoked()
    return null
  }
  return (
    <PassphrasePrompt
      isOpen
      title={t('revokeTitle', { name: person.name })}
      confirmText={t('revokeConfirm')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        {person.name} · {person.unit} · {t(`role_${person.role}`)}
      </p>
      <DigitsBlock digits={person.digits} label={t('digits')} />
      <ul className="revoke-means">
        <li>{t('revokeMeans1')}</li>
        <li>{t('revokeMeans2')}</li>
        <li>{t('revokeMeans3')}</li>
        <li>{t('revokeMeans4')}</li>
      </ul>
    </PassphrasePrompt>
  )
}
