import { Alert, Checkbox, Select } from 'antd'
import { useState } from 'react'
import type { RequestPreview, RosterPerson } from '../../../shared/contract/views.ts'
import { ROSTER_ROLES, type RosterRole } from '../../../shared/domain/roster.ts'
import type { Failure } from '../../../shared/contract/errors.ts'
import { useAction } from '../../queries.ts'
import { Choices } from '../../ui/choices.tsx'
import { DigitsBlock } from '../../ui/digits-block.tsx'
import { Field } from '../../ui/fields.tsx'
import { PassphrasePrompt } from '../../ui/passphrase-prompt.tsx'
import { useText } from '../../ui/text.ts'

type EnrolDialogProps = { projectId: string; request: RequestPreview; onEnrolled: () => void; onClose: () => void }

/** Enrols the person of a request: the digits must be compared, then the new roster is signed. */
export function EnrolDialog({ projectId, request, onEnrolled, onClose }: EnrolDialogProps) {
  const t = useText('project')
  const enrol = useAction('project.enrol', { refresh: ['project.list'] })
  const { samePerson } = request
  const [role, setRole] = useState<RosterRole>(samePerson?.role ?? 'expert')
  const [isSame, setSame] = useState<boolean | null>(samePerson === null ? false : null)
  const [isCompared, setCompared] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const confirm = async (passphrase: string): Promise<Failure | null> => {
    setMissing(!isCompared || isSame === null)
    if (!isCompared || isSame === null) return { code: 'cancelled' }
    const who = isSame && samePerson !== null ? { personId: samePerson.personId } : {}
    const done = await enrol.run({ projectId, token: request.token, role, ...who, digitsCompared: true, passphrase })
    if (!done.ok) return done.failure
    onEnrolled()
    return null
  }
  return (
    <PassphrasePrompt
      isOpen
      title={t('enrolTitle')}
      confirmText={t('enrolConfirm')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <dl className="facts">
        <dt>{t('name')}</dt>
        <dd>{request.name}</dd>
        <dt>{t('unit')}</dt>
        <dd>{request.unit}</dd>
        <dt>{t('number')}</dt>
        <dd>{request.number || '—'}</dd>
      </dl>
      {request.isKnown ? <Alert type="info" showIcon title={t('enrolKnown')} /> : null}
      {samePerson === null ? null : (
        <SamePerson
          person={samePerson}
          isSame={isSame}
          isMissing={isMissing && isSame === null}
          onChoose={(same) => {
            setSame(same)
            setRole(same ? samePerson.role : 'expert')
          }}
        />
      )}
      <p className="soft">{t('enrolText')}</p>
      <DigitsBlock digits={request.digits} label={t('digits')} />
      <Checkbox checked={isCompared} onChange={(event) => setCompared(event.target.checked)}>
        {t('compared')}
      </Checkbox>
      {isMissing && !isCompared ? <p className="field-error">{t('comparedRequired')}</p> : null}
      <Field label={t('role')}>
        {(control) => (
          <Select
            {...control}
            value={role}
            onChange={setRole}
            options={ROSTER_ROLES.map((one) => ({ value: one, label: t(`role_${one}`) }))}
          />
        )}
      </Field>
    </PassphrasePrompt>
  )
}

const SAME = ['sameYes', 'sameNo'] as const

type SamePersonProps = {
  person: RosterPerson
  isSame: boolean | null
  isMissing: boolean
  onChoose: (isSame: boolean) => void
}

/** Somebody of that name is on the roster: the same person with another key, or somebody else. */
function SamePerson({ person, isSame, isMissing, onChoose }: SamePersonProps) {
  const t = useText('project')
  return (
    <div className="same-person">
      <strong>{t('sameTitle', { name: person.name, unit: person.unit })}</strong>
      <Choices
        label={t('sameTitle', { name: person.name, unit: person.unit })}
        options={SAME}
        chosen={isSame === null ? '' : isSame ? 'sameYes' : 'sameNo'}
        textOf={(one) => t(one)}
        isDisabled={false}
        onChoose={(one) => onChoose(one === 'sameYes')}
      />
      {isSame ? <p className="soft">{person.isRevoked ? t('sameRevoked') : t('sameStillValid')}</p> : null}
      {isMissing ? <p className="field-error">{t('sameRequired')}</p> : null}
    </div>
  )
}
