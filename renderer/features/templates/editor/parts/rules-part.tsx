import { Button } from 'antd'
import type { Template } from '../../../../../shared/domain/template.ts'
import { useSay, useText } from '../../../../ui/text.ts'
import { EMPTY, idFor } from '../blank.ts'
import { PairEntry, SaidAt, SelectEntry } from '../entries.tsx'
import { at, nth, whole } from '../lens.ts'
import { Lines } from '../lines.tsx'
import { useEditor, useStore, useValue } from '../use-editor.ts'
import { RuleTests } from './rule-tests.tsx'

const conclusions = at(whole, 'conclusions')
const rules = at(whole, 'rules')
type Conclusion = Template['conclusions'][number]
type Rule = Template['rules'][number]

/** The conclusions there are, and the rules that lead to them: in order, the first that holds decides. */
export function RulesPart() {
  const t = useText('templateEditor')
  return (
    <>
      <Lines<Conclusion>
        lens={conclusions}
        title={t('conclusions')}
        entry={t('conclusion')}
        addText={t('addConclusion')}
        empty={t('noConclusions')}
        blank={(all) => ({ id: idFor('c', all), label: EMPTY })}
      >
        {(one, index) => (
          <>
            <SaidAt path={`${conclusions.path}.${one.id}`} />
            <PairEntry lens={at(nth(conclusions, index, one.id), 'label')} label={t('conclusionLabel')} isRequired />
          </>
        )}
      </Lines>
      <SaidAt path={rules.path} />
      <RuleList />
    </>
  )
}

function RuleList() {
  const t = useText('templateEditor')
  const say = useSay()
  const store = useStore()
  const offered = useValue(conclusions) ?? []
  const count = useEditor((state) => state.content.rules.length)
  const then = offered[0]?.id ?? ''
  if (count === 0) {
    return (
      <div className="ed-lines">
        <p className="soft">{t('noRules')}</p>
        <Button
          disabled={offered.length === 0}
          onClick={() => store.edit((content) => rules.set(content, [{ when: {}, then: offered.at(-1)?.id ?? then }]))}
        >
          {t('startRules')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <Lines<Rule>
        lens={rules}
        title={t('rules')}
        hint={t('rulesHint')}
        entry={t('rule')}
        addText={t('addRule')}
        empty={t('noRules')}
        blank={() => ({ when: { totalRateAtLeast_bp: 8000 }, then })}
        isLastFixed
        heading={(index) => (index === count - 1 ? t('otherwise') : t('ruleN', { n: index + 1 }))}
      >
        {(_, index) => (
          <>
            <SaidAt path={`${rules.path}.${index}`} />
            <SaidAt path={`${rules.path}.${index}.when`} />
            {index === count - 1 ? null : <RuleTests lens={at(nth(rules, index), 'when')} />}
            <SelectEntry
              lens={at(nth(rules, index), 'then')}
              label={t('thenConclusion')}
              options={offered.map((one) => ({ value: one.id, label: say(one.label) || t('untitledConclusion') }))}
            />
          </>
        )}
      </Lines>
      <Button type="text" onClick={() => store.edit((content) => rules.set(content, []))}>
        {t('dropRules')}
      </Button>
    </>
  )
}
