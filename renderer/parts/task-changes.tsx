import type { TaskChange } from '../../shared/domain/task-change.ts'
import { useFormat, useList, useText } from '../ui/text.ts'
import './task-changes.css'

type TaskChangesProps = { changes: readonly TaskChange[]; personId?: string | null }

/** What a revision of a task changes, in sentences; what is about one person stands first. */
export function TaskChanges({ changes, personId = null }: TaskChangesProps) {
  const t = useText('revision')
  const said = useChangeText()
  const isMine = (change: TaskChange) => 'personId' in change && change.personId === personId
  const mine = changes.filter(isMine)
  const rest = changes.filter((change) => !isMine(change))
  if (changes.length === 0) return <p className="quiet">{t('changesNone')}</p>
  return (
    <ul className="task-changes">
      {mine.flatMap(said).map((text) => (
        <li key={text}>
          <span className="chip chip-brand">{t('forYou')}</span> <strong>{text}</strong>
        </li>
      ))}
      {rest.flatMap(said).map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

/** Codes are listed up to this many; then how many there are. */
const MANY = 12

function useChangeText(): (change: TaskChange) => string[] {
  const t = useText('revision')
  const task = useText('task')
  const { day } = useFormat()
  const list = useList()
  const listed = (codes: readonly string[]) =>
    codes.length <= MANY ? list(codes) : t('andMore', { codes: list(codes.slice(0, MANY)), n: codes.length })
  const span = ({ from, to }: { from: string; to: string }) => (from === to ? day(from) : `${day(from)} – ${day(to)}`)
  return (change) => {
    switch (change.what) {
      case 'template': {
        const isSame = change.from.number === change.to.number
        const { number, edition } = change.to
        return [
          isSame
            ? t('template', { from: change.from.edition, to: edition })
            : t('templateOther', { number, to: edition }),
        ]
      }
      case 'joined':
      case 'left':
        return [t(change.what, { name: change.name, role: task(`role_${change.role}`) })]
      case 'role':
        return [t('role', { name: change.name, from: task(`role_${change.from}`), to: task(`role_${change.to}`) })]
      case 'work':
        return (['gained', 'lost', 'owns', 'handedOver'] as const).flatMap((key) =>
          change[key].length === 0 ? [] : [t(key, { name: change.name, codes: listed(change[key]) })],
        )
      case 'dates':
        return [t('dates', { from: span(change.from), to: span(change.to) })]
      case 'part':
        return [t(`part_${change.part}`)]
    }
  }
}
