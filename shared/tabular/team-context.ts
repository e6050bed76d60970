import type { Inputs, Merged } from '../domain/result.ts'
import type { Sheet } from '../domain/sheet.ts'
import type { Task } from '../domain/task.ts'
import type { Item, Template } from '../domain/template.ts'
import type { MergeOutcome } from '../scoring/merge.ts'
import { valueText } from '../text/value.ts'
import type { Tongue } from './language.ts'
import { cells, worksheet, type Cell, type Worksheet } from './workbook.ts'

/** What the lead's workbook is made of: the merge as it stands, the sheets that count (one a person), the inputs. */
export type TeamBook = {
  task: Task
  template: Template
  sheets: readonly Sheet[]
  inputs: Inputs
  outcome: MergeOutcome
}
/** The same with what every sheet of it needs. */
export type TeamContext = TeamBook &
  Tongue & {
    items: ReadonlyMap<string, Item>
    name: (personId: string) => string
  }

/** A sheet with one head row that stays and repeats. */
export function listSheet(
  { task, w }: TeamContext,
  name: string,
  heads: readonly string[],
  rows: Cell[][],
  widths: number[],
  columns = 0,
): Worksheet {
  return worksheet(name, [cells(heads, 'head'), ...rows], {
    widths,
    frozen: { rows: 1, columns },
    page: { landscape: true, repeatRows: 1, header: `${task.enterprise.name} · ${name}`, footer: w.page },
  })
}

/** What the team settled, in a word or number; the word for open while it is. */
export const outcomeText = (
  { template, language }: TeamContext,
  item: Item,
  m: Pick<Merged, 'outcome' | 'value' | 'score'>,
): string => valueText(item, { state: m.outcome, value: m.value, score: m.score }, template, language)
