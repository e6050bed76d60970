import { PrinterOutlined } from '@ant-design/icons'
import type { DocumentCard, DocumentChoice } from '../../../../shared/contract/document-methods.ts'
import { useText } from '../../../ui/text.ts'
import { groupsOf, hasPack } from './groups.ts'

type DocumentListProps = {
  cards: readonly DocumentCard[]
  chosen: DocumentChoice
  onChoose: (document: DocumentChoice) => void
}

/** What there is to print, what each is for, and what would be blank in it. */
export function DocumentList({ cards, chosen, onChoose }: DocumentListProps) {
  const t = useText('documents')
  return (
    <nav aria-label={t('list')} className="document-list">
      {hasPack(cards) ? (
        <section>
          <h2>{t('group_pack')}</h2>
          <Choice document="pack" isChosen={chosen === 'pack'} onChoose={onChoose} />
        </section>
      ) : null}
      {groupsOf(cards).map(({ group, cards: own }) => (
        <section key={group}>
          <h2>{t(`group_${group}`)}</h2>
          {own.map((card) => (
            <Choice
              key={card.kind}
              document={card.kind}
              card={card}
              isChosen={chosen === card.kind}
              onChoose={onChoose}
            />
          ))}
        </section>
      ))}
    </nav>
  )
}

type ChoiceProps = {
  document: DocumentChoice
  card?: DocumentCard
  isChosen: boolean
  onChoose: (document: DocumentChoice) => void
}

function Choice({ document, card, isChosen, onChoose }: ChoiceProps) {
  const t = useText('documents')
  return (
    <button
      type="button"
      className="document-choice"
      aria-current={isChosen ? 'true' : undefined}
      onClick={() => onChoose(document)}
    >
      <span className="document-name">
        {document === 'pack' ? <PrinterOutlined aria-hidden /> : null}
        {t(`doc_${document}`)}
        {card === undefined ? null : <State card={card} />}
      </span>
      <span className="quiet">{t(`about_${document}`)}</span>
    </button>
  )
}

function State({ card }: { card: DocumentCard }) {
  const t = useText('documents')
  if (!card.isReady) return <span className="chip">{t('state_missing')}</span>
  if (card.lacks.length > 0) return <span className="chip chip-middling">{t('state_blanks')}</span>
  return <span className="chip chip-good">{t('state_ready')}</span>
}
