import { useMemo } from 'react'
import { diffText, type TextPiece } from '../../../../shared/checklist/text-diff.ts'
import type { FieldChange } from '../../../../shared/checklist/field-changes.ts'
import { useText } from '../../../ui/text.ts'
import { isForReaders, useFieldWords, type SaidChange } from './field-words.ts'

/** Changed fields: name, earlier, later. */
export function FieldRows({ fields }: { fields: readonly FieldChange[] }) {
  const words = useFieldWords()
  return fields
    .filter(isForReaders)
    .map((change) => <FieldRow key={`${change.field} ${change.at.join()}`} change={words(change)} />)
}

function FieldRow({ change: { label, before, after, isWritten } }: { change: SaidChange }) {
  const pieces = useMemo(() => (isWritten ? diffText(before, after) : whole(before, after)), [before, after, isWritten])
  return (
    <div className="compare-row">
      <span className="compare-label">{label}</span>
      <SideText pieces={pieces} kind="removed" />
      <SideText pieces={pieces} kind="added" />
    </div>
  )
}

const whole = (before: string, after: string): TextPiece[] =>
  before === after
    ? [{ kind: 'same', text: before }]
    : [
        { kind: 'removed', text: before },
        { kind: 'added', text: after },
      ]

/** One edition's text with what the other does not have marked: struck out or underlined, never by colour alone. */
export function SideText({ pieces, kind }: { pieces: readonly TextPiece[]; kind: 'removed' | 'added' }) {
  const t = useText('templateCompare')
  const Marked = kind === 'removed' ? 'del' : 'ins'
  const own = pieces.filter((piece) => piece.text !== '' && (piece.kind === 'same' || piece.kind === kind))
  return (
    <span className="compare-text">
      {own.length === 0 ? <span className="quiet">{t('nothing')}</span> : null}
      {own.map((piece, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
        piece.kind === 'same' ? piece.text : <Marked key={index}>{piece.text}</Marked>,
      )}
    </span>
  )
}
