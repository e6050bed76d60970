import { useText } from '../../../ui/text.ts'

/** Kinds of change by sign, so that they can be told apart on a black-and-white print. */
export const CHANGE_MARKS = {
  added: '＋',
  removed: '－',
  changed: '≠',
  moved: '→',
  same: '＝',
} as const
export type ChangeKind = keyof typeof CHANGE_MARKS

/** The sign of a change with its word. */
export function ChangeMark({ change }: { change: ChangeKind }) {
  const t = useText('templateCompare')
  return (
    <span className="change-mark" data-change-kind={change}>
      <span aria-hidden>{CHANGE_MARKS[change]}</span> {t(`change_${change}`)}
    </span>
  )
}
