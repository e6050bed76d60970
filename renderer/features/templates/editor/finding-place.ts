import type { Template } from '../../../../shared/domain/template.ts'
import type { templateEditor } from '../../../../shared/text/template-editor.ts'
import type { Translate } from '../../../ui/text.ts'
import { itemOf } from './lens.ts'
import { targetOf } from './selection.ts'

type Word = keyof typeof templateEditor

/** What the control of a place is called: the end of its path, ids and places in lists left out. The first that fits. */
const FIELDS: readonly (readonly [RegExp, Word])[] = [
  [/^number$/, 'number'],
  [/^edition$/, 'edition'],
  [/^category$/, 'category'],
  [/^title(\.|$)/, 'title'],
  [/^effectiveDate$/, 'effectiveDate'],
  [/^bonusCap_cp$/, 'bonusCap'],
  [/^totalFull_cp$/, 'total'],
  [/^sections$/, 'side_outline'],
  [/^declarations/, 'declarations'],
  [/^openingAgenda/, 'openingAgenda'],
  [/^closingAgenda/, 'closingAgenda'],
  [/^merge\.method$/, 'mergeMethod'],
  [/^merge\.weights/, 'weights'],
  [/^merge\.divergence/, 'divergence'],
  [/^merge\.singleScorer/, 'singleScorerFrom'],
  [/^nonconformity\..*days$/, 'days'],
  [/^gradeSets\..*label(\.|$)/, 'gradeLabel'],
  [/^gradeSets\..*text(\.|$)/, 'gradeText'],
  [/^gradeSets\..*bp$/, 'gradeShare'],
  [/^gradeSets/, 'grades'],
  [/^bands/, 'bandText'],
  [/^conclusions\..*label(\.|$)/, 'conclusionLabel'],
  [/^rules\..*then$/, 'thenConclusion'],
  [/^sections\..*\.justifyBelow_bp$/, 'justifyBelow'],
  [/^sections\..*\.code$/, 'sectionCode'],
  [/^sections\..*\.title(\.|$)/, 'sectionName'],
  [/^items\..*\.spec\.list\..*label(\.|$)/, 'deductionLabel'],
  [/^items\..*\.spec\.list\..*points_cp$/, 'deductionPoints'],
  [/^items\..*\.spec\.list/, 'deductions'],
  [/^items\..*\.spec\.rows\..*name(\.|$)/, 'rowName'],
  [/^items\..*\.spec\.rows\..*weight$/, 'rowWeight'],
  [/^items\..*\.spec\.rows/, 'indicatorRows'],
  [/^items\..*\.spec\.step_cp$/, 'step'],
  [/^items\..*\.spec\.gradeSet$/, 'gradeSet'],
  [/^items\..*\.spec\.points_cp/, 'gradePoints'],
  [/^items\..*\.spec\.model$/, 'maturityModel'],
  [/^items\..*\.spec\.anchors/, 'anchors'],
  [/^items\..*\.demand\.minPhotos$/, 'minPhotos'],
  [/^items\..*\.demand\.minSamples$/, 'minSamples'],
  [/^items\..*\.demand\.note/, 'noteAtOrBelow'],
  [/^items\..*\.demand\.evidence/, 'evidenceAtOrBelow'],
  [/^items\..*\.repeat\.what(\.|$)/, 'repeatWhat'],
  [/^items\..*\.repeat\.min$/, 'repeatMin'],
  [/^items\..*\.repeat\.max$/, 'repeatMax'],
  [/^items\..*\.repeat$/, 'repeat'],
  [/^items\..*\.full_cp$/, 'fullMarks'],
  [/^items\..*\.code$/, 'itemCode'],
  [/^items\..*\.title(\.|$)/, 'itemName'],
  [/^items\..*\.basis$/, 'basis'],
  [/^items\..*\.evidence(\.|$)/, 'evidence'],
  [/^items\..*\.guidance(\.|$)/, 'guidance'],
]

/** The name of the control a finding is about; null where the finding itself says what is meant. */
export const fieldAt = (path: string): Word | null => FIELDS.find(([pattern]) => pattern.test(path))?.[1] ?? null

/** Where a finding is, as people call it. */
export function placeName(
  path: string,
  content: Template,
  t: Translate<'templateEditor'>,
  say: (text: { zh: string; en: string }) => string,
): string {
  const target = targetOf(path, content)
  if (target.kind === 'part') {
    const [head, which] = path.split('.')
    if (head === 'rules' && which !== undefined) return t('foundRule', { n: Number(which) + 1 })
    const conclusion = head === 'conclusions' ? content.conclusions.find((one) => one.id === which) : undefined
    return [t(`part_${target.part}`), conclusion ? say(conclusion.label) : ''].filter((one) => one !== '').join(' · ')
  }
  if (target.kind === 'section') {
    const section = content.sections.find((one) => one.id === target.id)
    return `${t('sectionTitle', { code: section?.code ?? '' })} ${section ? say(section.title) : ''}`.trim()
  }
  const item = itemOf(content, target.id)
  return `${item?.code ?? ''} ${item ? say(item.title) : ''}`.trim() || t('untitledItem')
}
