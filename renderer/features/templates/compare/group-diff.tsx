import type { DiffGroup, RuleDiff } from '../../../../shared/checklist/diff.ts'
import type { FieldChange } from '../../../../shared/checklist/field-changes.ts'
import type { Template } from '../../../../shared/domain/template.ts'
import { diffText } from '../../../../shared/checklist/text-diff.ts'
import { useText } from '../../../ui/text.ts'
import { ChangeMark } from './change-mark.tsx'
import { FieldRows, SideText } from './field-rows.tsx'
import { useRuleWords } from './rule-words.ts'

/** What changed in one group of the checklist's settings. */
export function GroupDiff({ group, fields }: { group: DiffGroup; fields: FieldChange[] }) {
  const t = useText('templateCompare')
  return (
    <section className="card compare-section" data-change tabIndex={-1} aria-label={t(`group_${group}`)}>
      <h2>
        {t(`group_${group}`)} <ChangeMark change="changed" />
      </h2>
      <FieldRows fields={fields} />
    </section>
  )
}

type RulesDiffProps = { rules: RuleDiff[]; before: Template; after: Template }

/** Both lists of conclusion rules in step, as sentences. */
export function RulesDiff({ rules, before, after }: RulesDiffProps) {
  const t = useText('templateCompare')
  const words = useRuleWords()
  if (rules.length === 0) return null
  return (
    <section className="card compare-section" data-change tabIndex={-1} aria-label={t('group_rules')}>
      <h2>
        {t('group_rules')} <ChangeMark change="changed" />
      </h2>
      {rules.map((line) => {
        const from = line.before === null ? '' : words(line.before.rule, line.before.number, before)
        const to = line.after === null ? '' : words(line.after.rule, line.after.number, after)
        const pieces = diffText(from, to)
        const change = line.isSame ? 'same' : from === '' ? 'added' : to === '' ? 'removed' : 'changed'
        return (
          <div key={`${line.before?.number} ${line.after?.number}`} className="compare-row">
            <span className="compare-label">
              <ChangeMark change={change} />
            </span>
            <SideText pieces={pieces} kind="removed" />
            <SideText pieces={pieces} kind="added" />
          </div>
        )
      })}
    </section>
  )
}
