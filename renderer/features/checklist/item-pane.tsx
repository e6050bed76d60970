import { Button } from 'antd'
import { memo, type RefObject } from 'react'
import type { Item } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import type { SheetProblem } from '../../../shared/scoring/demands.ts'
import { formatMicro } from '../../../shared/scoring/numbers.ts'
import { Area } from '../../ui/area.tsx'
import { SavedState } from '../../ui/saved-state.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { EvidenceStrip } from './evidence-strip.tsx'
import { ItemAnswer } from '../../parts/judgement/item-answer.tsx'
import { ItemAsk, ItemMarks, Lacks } from '../../parts/judgement/item-ask.tsx'
import { ItemHistory } from './item-history.tsx'
import { LinkedNonconformities } from './linked-nonconformities.tsx'
import { Records } from './records.tsx'
import type { ItemFacts } from './overview.ts'
import { useAnswerPart, useItemSave, useSheetStore } from './sheet-context.tsx'
import type { Entry } from '../../parts/judgement/use-checklist-keys.ts'
import { WhyItem } from '../../parts/judgement/why-item.tsx'

const NO_PROBLEMS: readonly SheetProblem[] = []

type ItemPaneProps = {
  item: Item
  facts: ItemFacts | null
  entry: Entry
  photoRef: RefObject<(() => void) | null>
  noteRef: RefObject<HTMLElement | null>
  onMove: (by: 1 | -1) => void
  onUnit: (unit: string) => void
}

/** Everything about one item on one page: what is asked, the judgement, the words and the proof. */
export const ItemPane = memo(function ItemPane(props: ItemPaneProps) {
  const { item, facts, entry, photoRef, noteRef, onMove, onUnit } = props
  const problems = facts?.problems ?? NO_PROBLEMS
  const isDemandingNc = problems.includes('nonconformityMissing') || problems.includes('promiseNotMet')
  return (
    <article className="item-pane" aria-label={item.code}>
      <ItemHead item={item} onMove={onMove} />
      <div className="item-top">
        <div className="answer-column">
          <ItemAnswer key={item.id} item={item} entry={entry} problems={problems} onUnit={onUnit} />
          <WhyItem key={`why-${item.id}`} item={item} />
        </div>
        <Ask key={`ask-${item.id}`} item={item} />
      </div>
      <Lacks problems={problems} />
      {item.type === 'conformity' || item.type === 'veto' || item.type === 'indicator' || isDemandingNc ? (
        <LinkedNonconformities key={`nc-${item.id}`} item={item} isDemanded={isDemandingNc} />
      ) : null}
      <Words item={item} noteRef={noteRef} />
      <EvidenceStrip key={`photos-${item.id}`} item={item} photoRef={photoRef} />
      <Records key={`records-${item.id}`} item={item} />
      <ItemHistory key={`history-${item.id}`} item={item} />
    </article>
  )
})

function ItemHead({ item, onMove }: { item: Item; onMove: (by: 1 | -1) => void }) {
  const t = useText('checklist')
  const language = useLanguage()
  const store = useSheetStore()
  const save = useItemSave(item.id)
  return (
    <header className="item-head">
      <div className="item-head-line">
        <ItemMarks item={item} />
        <span className="item-head-save">
          <SavedState state={save ?? { kind: 'idle' }} onRetry={() => store.retry(item.id)} />
        </span>
        <Button aria-label={t('previousItem')} aria-keyshortcuts="K" onClick={() => onMove(-1)}>
          ↑
        </Button>
        <Button aria-label={t('nextItem')} aria-keyshortcuts="J" onClick={() => onMove(1)}>
          ↓
        </Button>
      </div>
      <h2>{say(item.title, language)}</h2>
    </header>
  )
}

/** What the rule asks, and what is known of the enterprise beforehand. */
const Ask = memo(function Ask({ item }: { item: Item }) {
  const t = useText('checklist')
  const { task } = useSheetStore().view
  const own = task.prefill.selfScores.find((entry) => entry.item === item.id)
  const registry = task.prefill.registry.filter((entry) => entry.item === item.id)
  return (
    <ItemAsk item={item}>
      {registry.map((entry, index) => (
        <p key={index} className="ask-known">
          {t('registry', { finding: entry.finding, source: entry.source, at: entry.at })}
        </p>
      ))}
      {own === undefined ? null : <p className="ask-known">{t('selfScore', { score: formatMicro(own.score) })}</p>}
    </ItemAsk>
  )
})

function Words({ item, noteRef }: { item: Item; noteRef: RefObject<HTMLElement | null> }) {
  const t = useText('checklist')
  return (
    <div className="words">
      <label className="field">
        <span>
          {t('note')} <kbd aria-hidden>M</kbd>
        </span>
        <WordsArea item={item.id} part="note" areaRef={noteRef} />
      </label>
      <label className="field">
        <span>{t('facts')}</span>
        <WordsArea item={item.id} part="facts" placeholder={t('factsHint')} />
      </label>
    </div>
  )
}

type WordsAreaProps = {
  item: string
  part: 'note' | 'facts'
  placeholder?: string
  areaRef?: RefObject<HTMLElement | null>
}

function WordsArea({ item, part, placeholder, areaRef }: WordsAreaProps) {
  const store = useSheetStore()
  const words = useAnswerPart(item, part) ?? ''
  return (
    <Area
      {...(areaRef === undefined
        ? {}
        : {
            'aria-keyshortcuts': 'M',
            ref: (input: AreaHandle) => {
              areaRef.current = input?.resizableTextArea?.textArea ?? null
            },
          })}
      value={words}
      rows={2}
      disabled={store.isReadOnly}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={(e) => {
        const typed = e.target.value
        store.edit(item, (a) => ({ ...a, [part]: typed }), 'typing')
      }}
    />
  )
}

type AreaHandle = { resizableTextArea?: { textArea: HTMLElement } } | null
