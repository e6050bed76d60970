import { Button } from 'antd'
import { memo, useState, type RefObject } from 'react'
import type { Item } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import type { SheetProblem } from '../../../shared/scoring/demands.ts'
import { formatMicro, MICRO_PER_CP } from '../../../shared/scoring/numbers.ts'
import { Area } from '../../ui/area.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Mark } from '../../ui/mark.tsx'
import { SavedState } from '../../ui/saved-state.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import { EvidenceStrip } from './evidence-strip.tsx'
import { ItemAnswer } from '../../parts/judgement/item-answer.tsx'
import { LinkedNonconformities } from './linked-nonconformities.tsx'
import { Records } from './records.tsx'
import type { ItemFacts } from './overview.ts'
import { useAnswerPart, useItemSave, useSheetStore } from './sheet-context.tsx'
import type { Entry } from '../../parts/judgement/use-checklist-keys.ts'
import { WhyItem } from '../../parts/judgement/why-item.tsx'

const NO_PROBLEMS: readonly SheetProblem[] = []
/** Longer texts are shown in full only when asked for: laying them out would hold up every step through the list. */
const LONG_TEXT = 900

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
  const t = useText('checklist')
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
      {problems.length === 0 ? null : (
        <ul className="lacks" aria-label={t('lacking')}>
          {problems.map((problem) => (
            <li key={problem}>
              <Mark shape={problem === 'unanswered' ? 'empty' : 'alert'} tone="middling" /> {t(`problem_${problem}`)}
            </li>
          ))}
        </ul>
      )}
      {item.type === 'conformity' || item.type === 'veto' || item.type === 'indicator' || isDemandingNc ? (
        <LinkedNonconformities key={`nc-${item.id}`} item={item} isDemanded={isDemandingNc} />
      ) : null}
      <Words item={item} noteRef={noteRef} />
      <EvidenceStrip key={`photos-${item.id}`} item={item} photoRef={photoRef} />
      <Records key={`records-${item.id}`} item={item} />
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
        <span className="item-code">{item.code}</span>
        <span className={item.type === 'veto' ? 'item-type is-veto' : 'item-type'}>{t(`type_${item.type}`)}</span>
        {item.full_cp === null ? null : (
          <span className="quiet">{t('points', { n: formatMicro(item.full_cp * MICRO_PER_CP) })}</span>
        )}
        {item.starred ? <span className="item-type">★ {t('starred')}</span> : null}
        {item.bonus ? <span className="item-type">{t('bonus')}</span> : null}
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

/** What the rule asks, what counts as evidence, what to look at, and what is known beforehand. */
const Ask = memo(function Ask({ item }: { item: Item }) {
  const t = useText('checklist')
  const language = useLanguage()
  const { task } = useSheetStore().view
  const own = task.prefill.selfScores.find((entry) => entry.item === item.id)
  const registry = task.prefill.registry.filter((entry) => entry.item === item.id)
  const evidence = say(item.evidence, language)
  const guidance = say(item.guidance, language)
  return (
    <div className="ask">
      {item.basis === '' ? null : <p className="ask-basis">{t('basis', { basis: item.basis })}</p>}
      {item.methods.length === 0 ? null : (
        <p className="quiet">{item.methods.map((method) => t(`method_${method}`)).join(' · ')}</p>
      )}
      {registry.map((entry, index) => (
        <p key={index} className="ask-known">
          {t('registry', { finding: entry.finding, source: entry.source, at: entry.at })}
        </p>
      ))}
      {own === undefined ? null : <p className="ask-known">{t('selfScore', { score: formatMicro(own.score) })}</p>}
      {evidence === '' && guidance === '' ? null : (
        <Fold title={t('whatToLookAt')} startsOpen>
          {guidance === '' ? null : <LongText text={guidance} />}
          {evidence === '' ? null : (
            <div className="ask-evidence">
              <LongText text={t('evidenceAsked', { evidence })} />
            </div>
          )}
        </Fold>
      )}
    </div>
  )
})

function LongText({ text }: { text: string }) {
  const t = useText('checklist')
  const [isWhole, setWhole] = useState(false)
  if (text.length <= LONG_TEXT) return <p>{text}</p>
  return (
    <>
      <p className={isWhole ? 'ask-whole' : ''}>{isWhole ? text : `${text.slice(0, LONG_TEXT)}…`}</p>
      <button type="button" className="plain-choice quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
        {isWhole ? t('showLess') : t('showWhole', { n: text.length })}
      </button>
    </>
  )
}

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
