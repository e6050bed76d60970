import { itemFindings } from '../../../../shared/checklist/item-findings.ts'
import type { Answer } from '../../../../shared/domain/sheet.ts'
import type { Item, Row, Template } from '../../../../shared/domain/template.ts'
import type { Member } from '../../../../shared/domain/task.ts'
import { sheetProblems, type SheetProblem } from '../../../../shared/scoring/demands.ts'
import { totalsBySection, type SectionTotals } from '../../../../shared/scoring/totals.ts'
import { newRow } from '../../../../shared/checklist/item-kinds.ts'
import { templateEditor as words } from '../../../../shared/text/template-editor.ts'
import { blankAnswer, saysNothing, withScore, type Edit } from '../../../parts/judgement/answer-edit.ts'
import type { JudgedSheet } from '../../../parts/judgement/judged-sheet.ts'
import { itemOf, placeOf } from './lens.ts'

/** Somebody who judges everything alone: whatever is demanded, this one owes. */
const ALONE: Member = {
  personId: 'trial',
  name: '',
  unit: '',
  role: 'expert',
  kind: 'quality',
  assigned: null,
  owns: [],
}

type Known = { item: Item; template: Template; from: Answer; answer: Answer }

/**
 * A sheet to try a checklist in the making on: kept in memory only, judged by the checklist as it is now. A record whose item
 * became another type is gone; scores follow every change of the item.
 */
export class TrialSheet implements JudgedSheet {
  readonly isReadOnly = false
  readonly #content: () => Template
  readonly #listeners = new Set<() => void>()
  readonly #undos: { item: string; before: Answer | null }[] = []
  readonly #types = new Map<string, Item['type']>()
  readonly #known = new Map<string, Known>()
  #answers: ReadonlyMap<string, Answer> = new Map()

  constructor(content: () => Template) {
    this.#content = content
  }

  get view(): { template: Template } {
    return { template: this.#content() }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly answer = (id: string): Answer | null => {
    const from = this.#answers.get(id)
    const template = this.#content()
    const item = itemOf(template, id)
    if (from === undefined || item === undefined || this.#types.get(id) !== item.type || !canTry(item, template))
      return null
    const known = this.#known.get(id)
    if (known?.from === from && known.item === item && isAlike(known.template, template)) return known.answer
    const answer = withScore(item, from, this.rows(item), template)
    this.#known.set(id, { item, template, from, answer })
    return answer
  }

  readonly hasAny = (): boolean => this.#answers.size > 0

  rows(item: Item): Row[] {
    if (item.type !== 'indicator') return []
    return item.spec.rowsFrom === 'template' ? item.spec.rows : [EXAMPLE]
  }

  edit(id: string, edit: Edit): void {
    const item = itemOf(this.#content(), id)
    if (item === undefined) return
    const before = this.answer(id)
    const next = edit(before ?? blankAnswer(id, ''))
    this.#undos.push({ item: id, before })
    this.#types.set(id, item.type)
    this.#put(id, saysNothing(next) ? null : next)
  }

  clear(id: string): void {
    if (this.#answers.has(id)) this.#put(id, null)
  }

  undo(): string | null {
    const last = this.#undos.pop()
    if (last === undefined) return null
    this.#put(last.item, last.before)
    return last.item
  }

  /** Forgets every judgement. */
  reset(): void {
    this.#answers = new Map()
    this.#undos.length = 0
    this.#tell()
  }

  /** What the record still owes, as on the expert's sheet. */
  problems(item: Item): SheetProblem[] {
    const template = this.#content()
    const [first] = template.sections
    const answer = this.answer(item.id)
    if (first === undefined || answer === null) return []
    return sheetProblems({
      template: { ...template, sections: [{ ...first, items: [item] }] },
      task: { team: [ALONE], indicators: [{ item: item.id, rows: this.rows(item) }] },
      member: ALONE,
      answers: [answer],
      nonconformities: [],
      witnessTests: [],
      media: [],
    }).map((one) => one.problem)
  }

  /** The sums of the item's section so far. */
  section(id: string): SectionTotals | null {
    const template = this.#content()
    const section = template.sections[placeOf(template, id)?.section ?? -1]
    if (section === undefined) return null
    const records = section.items.flatMap((item) => this.answer(item.id) ?? [])
    return totalsBySection({ ...template, sections: [section] }, records, () => true)[0] ?? null
  }

  #put(id: string, answer: Answer | null): void {
    const next = new Map(this.#answers)
    if (answer === null) next.delete(id)
    else next.set(id, answer)
    this.#answers = next
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Where the task supplies the rows, one stands for them. */
const EXAMPLE: Row = { ...newRow('r1'), name: words.trialRow, base: '60', average: '80', advanced: '95' }

const isAlike = (a: Template, b: Template): boolean =>
  a.gradeSets === b.gradeSets && a.bands === b.bands && a.indicator === b.indicator

/** Whether an item is complete enough to be judged: what is missing in its words does not matter. */
export function canTry(item: Item, template: Template): boolean {
  const at = `items.${item.id}`
  return itemFindings(item, template).every(
    ({ severity, path }) =>
      severity !== 'error' || !['spec', 'full_cp', 'repeat'].some((part) => path.startsWith(`${at}.${part}`)),
  )
}
