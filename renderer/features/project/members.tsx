import { Button } from 'antd'
import type { RosterPerson } from '../../../shared/contract/views.ts'
import { Mark } from '../../ui/mark.tsx'
import { useText } from '../../ui/text.ts'

type MembersProps = {
  members: RosterPerson[]
  me: RosterPerson | null
  /** Set for the founder, who may withdraw keys. */
  onRevoke: ((person: RosterPerson) => void) | null
}

/** Whose key counts; a person who came with another key stands there with both. */
export function Members({ members, me, onRevoke }: MembersProps) {
  const t = useText('project')
  return (
    <div>
      <h3>{t('members', { n: members.length })}</h3>
      <div className="table-wrap" role="region" aria-label={t('members', { n: members.length })}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('unit')}</th>
              <th scope="col">{t('role')}</th>
              <th scope="col">{t('digits')}</th>
              <th scope="col">{t('state')}</th>
              {onRevoke === null ? null : (
                <th scope="col">
                  <span className="only-read">{t('actions')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {members.map((one) => (
              <tr key={one.keyId}>
                <td>
                  {one.name}
                  {one.keyId === me?.keyId ? <span className="quiet"> ({t('you')})</span> : null}
                </td>
                <td>{one.unit}</td>
                <td className="nowrap">{t(`role_${one.role}`)}</td>
                <td className="mono">
                  <span className="member-digits">{one.digits}</span>
                </td>
                <td className="nowrap">
                  <Mark shape={one.isRevoked ? 'cross' : 'full'} tone={one.isRevoked ? 'serious' : 'good'} />{' '}
                  {t(one.isRevoked ? 'revoked' : 'valid')}
                </td>
                {onRevoke === null ? null : (
                  <td>
                    {one.isRevoked || one.keyId === me?.keyId ? null : (
                      <Button size="small" aria-label={t('revokeOf', { name: one.name })} onClick={() => onRevoke(one)}>
                        {t('revoke')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
