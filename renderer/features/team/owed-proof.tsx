import { Link } from 'react-router'
import { templateItems } from '../../../shared/domain/template.ts'
import { taskPath } from '../../route.ts'
import { Mark } from '../../ui/mark.tsx'
import { useSay, useText } from '../../ui/text.ts'
import { useTeam } from './use-team.tsx'

/** Items judged by several whose evidence nobody has brought yet, and how to bring it. */
export function OwedProof() {
  const t = useText('team')
  const say = useSay()
  const { task, template, proof } = useTeam()
  if (proof.length === 0) return null
  const items = templateItems(template).flatMap((item) => {
    const owed = proof.filter((entry) => entry.item === item.id)
    return owed.length === 0 ? [] : [{ item, owed }]
  })
  return (
    <div className="stack-tight">
      <p className="soft">{t('proofHint')}</p>
      <ul className="stack-tight">
        {items.map(({ item, owed }) => (
          <li key={item.id} className="row">
            <Mark shape="alert" tone="middling" />
            <Link to={`${taskPath(task.taskId, 'team')}?part=matrix&item=${item.id}`}>
              {item.code} {say(item.title)}
            </Link>
            {owed.map(({ problem }) => (
              <span key={problem} className="chip chip-middling">
                {t(problem === 'photos' ? 'proof_photos' : 'proof_evidence')}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </div>
  )
}
