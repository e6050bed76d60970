import type { Item, Template } from '../../../shared/domain/template.ts'
import type { Answer } from '../../../shared/domain/sheet.ts'
import { gradesOf } from '../../../shared/scoring/answer.ts'
import type { ItemProblem, SheetProblem } from '../../../shared/scoring/demands.ts'

/** What the section rail counts: 未判定, 否决 (fail or to be verified), 不符合 (lowest grade, gate no), 缺证据/缺理由. */
export type Counters = { total: number; unanswered: number; veto: number; failed: number; missing: number }
export type SectionCount = Counters & { section: string }

const UNANSWERED: ReadonlySet<SheetProblem> = new Set(['unanswered'])

export function problemsByItem(problems: readonly ItemProblem[]): ReadonlyMap<string, SheetProblem[]> {
  const byItem = new Map<string, SheetProblem[]>()
  for (const { item, problem } of problems) byItem.set(item, [...(byItem.get(item) ?? []), problem])
  return byItem
}

/** Whether nothing has been judged yet (other problems of a judged item are missing proof or reasons). */
export const isUnanswered = (problems: readonly SheetProblem[]): boolean => problems.some((p) => UNANSWERED.has(p))

export function isLowest(item: Item, answer: Answer | null, template: Template): boolean {
  if (answer?.state !== 'answered') return false
  if (item.type === 'gate') return answer.value === 'no'
  if (item.type !== 'conformity') return false
  const lowest = gradesOf(item, template).at(-1)?.id
  return answer.value === lowest || answer.units.some((unit) => unit.value === lowest)
}

export const isVetoed = (item: Item, answer: Answer | null): boolean =>
  item.type === 'veto' && (answer?.value === 'fail' || answer?.value === 'pending')

export function countSection(
  items: readonly Item[],
  answers: ReadonlyMap<string, Answer>,
  problems: ReadonlyMap<string, SheetProblem[]>,
  template: Template,
): Counters {
  const counters: Counters = { total: items.length, unanswered: 0, veto: 0, failed: 0, missing: 0 }
  for (const item of items) {
    const answer = answers.get(item.id) ?? null
    const found = problems.get(item.id) ?? []
    if (isUnanswered(found)) counters.unanswered += 1
    else if (found.length > 0) counters.missing += 1
    if (isVetoed(item, answer)) counters.veto += 1
    if (isLowest(item, answer, template)) counters.failed += 1
  }
  return counters
}

/** The next item after `from` that still lacks something, going round once; null when nothing does. */
export function nextMissing(
  items: readonly Item[],
  problems: ReadonlyMap<string, SheetProblem[]>,
  from: string | null,
): string | null {
  const start = items.findIndex((item) => item.id === from)
  for (let step = 1; step <= items.length; step += 1) {
    const item = items[(start + step) % items.length]
    if (item !== undefined && (problems.get(item.id)?.length ?? 0) > 0) return item.id
  }
  return null
}
