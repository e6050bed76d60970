import { useState } from 'react'
import type { Item } from '../../../shared/domain/template.ts'
import { say } from '../../../shared/domain/text.ts'
import type { SheetProblem } from '../../../shared/scoring/demands.ts'
import { formatMicro, MICRO_PER_CP } from '../../../shared/scoring/numbers.ts'
import { Fold } from '../../ui/fold.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useLanguage, useText } from '../../ui/text.ts'
import './item-ask.css'

/** Longer texts are shown in full only when asked for: laying them out would hold up every step through the list. */
const LONG_TEXT = 900

/** An item's code, type, points and marks. */
export function ItemMarks({ item }: { item: Item }) {
  const t = useText('checklist')
  return (
    <>
      <span className="item-code">{item.code}</span>
      <span className={item.type === 'veto' ? 'item-type is-veto' : 'item-type'}>{t(`type_${item.type}`)}</span>
      {item.full_cp === null ? null : (
        <span className="quiet">{t('points', { n: formatMicro(item.full_cp * MICRO_PER_CP) })}</span>
      )}
      {item.starred ? <span className="item-type">★ {t('starred')}</span> : null}
      {item.bonus ? <span className="item-type">{t('bonus')}</span> : null}
    </>
  )
}

/** What the rule asks, what counts as evidence, what to look at; `children`: what is known beforehand. */
export function ItemAsk({ item, children }: { item: Item; children?: React.ReactNode }) {
  const t = useText('checklist')
  const language = useLanguage()
  const evidence = say(item.evidence, language)
  const guidance = say(item.guidance, language)
  return (
    <div className="ask">
      {item.basis === '' ? null : <p className="ask-basis">{t('basis', { basis: item.basis })}</p>}
      {item.methods.length === 0 ? null : (
        <p className="quiet">{item.methods.map((method) => t(`method_${method}`)).join(' · ')}</p>
      )}
      {children}
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
}

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

/** What an item still owes before the sheet can be sealed. */
export function Lacks({ problems }: { problems: readonly SheetProblem[] }) {
  const t = useText('checklist')
  if (problems.length === 0) return null
  return (
    <ul className="lacks" aria-label={t('lacking')}>
      {problems.map((problem) => (
        <li key={problem}>
          <Mark shape={problem === 'unanswered' ? 'empty' : 'alert'} tone="middling" /> {t(`problem_${problem}`)}
        </li>
      ))}
    </ul>
  )
}
