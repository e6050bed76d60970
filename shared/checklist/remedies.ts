import { isScored, templateItems, type Item, type Template } from '../domain/template.ts'
import { changeItems } from './bulk.ts'
import { renumber } from './edits.ts'
import type { Finding, FindingCode } from './finding.ts'
import { usualDemand, usualStep } from './item-kinds.ts'

type Paths = ReadonlySet<string>

/** How a thing experts most often do is judged: what documents say and what is seen. */
const USUAL_METHODS: Item['methods'] = ['document', 'observe']

/** Items a path of which ends this way. */
const itemsAt = (content: Template, paths: Paths, end: string): ReadonlySet<string> =>
  new Set(templateItems(content).flatMap(({ id }) => (paths.has(`items.${id}${end}`) ? [id] : [])))

const onItems =
  (end: string, change: (item: Item) => Item) =>
  (content: Template, paths: Paths): Template =>
    changeItems(content, itemsAt(content, paths, end), change)

/** Findings whose cure is certain: it only fills in what is usual, or takes away what has no effect. */
const CURES = {
  methodsMissing: onItems('.methods', (item) => ({ ...item, methods: USUAL_METHODS })),
  proofMissing: onItems('.demand', (item) => ({ ...item, demand: usualDemand(item.type) })),
  demandIdle: onItems('.demand.perExpert', (item) => ({ ...item, demand: { ...item.demand, perExpert: false } })),
  step: onItems('.spec.step_cp', (item) =>
    item.type === 'points' ? { ...item, spec: { ...item.spec, step_cp: usualStep(item.full_cp) } } : item,
  ),
  rowsFromTask: onItems('.spec.rows', (item) =>
    item.type === 'indicator' ? { ...item, spec: { ...item.spec, rows: [] } } : item,
  ),
  duplicateCode: renumber,
  codesAlike: renumber,
  bonusCapIdle: (content) => ({ ...content, bonusCap_cp: null }),
  justifyIdle: (content) => ({
    ...content,
    sections: content.sections.map((section) =>
      section.justifyBelow_bp !== null &&
      section.items.length > 0 &&
      !section.items.some((i) => isScored(i) && !i.bonus)
        ? { ...section, justifyBelow_bp: null }
        : section,
    ),
  }),
  sectionEmpty: (content, paths) => ({
    ...content,
    sections: content.sections.filter(({ id, items }) => items.length > 0 || !paths.has(`sections.${id}`)),
  }),
  ruleShadowed: (content, paths) => ({
    ...content,
    rules: content.rules.filter((_, n) => !paths.has(`rules.${n}`) || n === content.rules.length - 1),
  }),
} satisfies Partial<Record<FindingCode, (content: Template, paths: Paths) => Template>>
export type Curable = keyof typeof CURES

/** Whether findings of this code can be put right without asking. */
export const isCurable = (code: FindingCode): code is Curable => code in CURES

/** The content with findings of one kind put right in one step; findings that are no longer true change nothing. */
export function cured(content: Template, code: Curable, found: readonly Finding[]): Template {
  const paths = new Set(found.flatMap((one) => (one.code === code ? [one.path] : [])))
  return paths.size === 0 ? content : CURES[code](content, paths)
}
