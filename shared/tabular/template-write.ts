import type { ProfileName, Template } from '../domain/template.ts'
import { infoColumns, infoLines } from './template-info.ts'
import {
  SHEETS,
  bandColumns,
  conclusionColumns,
  deductionColumns,
  deductionLines,
  gradeColumns,
  itemColumns,
  layerColumns,
  linesOf,
  profileColumns,
  rowColumns,
  rowLines,
  ruleColumns,
  textColumns,
  textLines,
} from './template-tables.ts'
import { tableSheet } from './table.ts'
import type { Workbook, Worksheet } from './workbook.ts'
import { PROFILE_WORDS } from './words.ts'

/** The whole checklist as tables a person can edit; `readTemplateWorkbook` makes the same checklist of it again. */
export function templateWorkbook(t: Template): Workbook {
  const grades = t.gradeSets.flatMap((set) => set.grades.map((grade) => ({ set, grade })))
  const profiles = (Object.keys(PROFILE_WORDS) as ProfileName[]).map((key) => ({
    name: PROFILE_WORDS[key],
    profile: t.profiles[key],
  }))
  return {
    sheets: [
      tableSheet(SHEETS.info, infoColumns, infoLines(t), (l) => (l.group ? 'group' : 'plain')),
      itemSheet(t),
      tableSheet(SHEETS.grades, gradeColumns, grades),
      tableSheet(SHEETS.bands, bandColumns, t.bands),
      tableSheet(SHEETS.indicators, rowColumns, rowLines(t)),
      tableSheet(SHEETS.deductions, deductionColumns, deductionLines(t)),
      tableSheet(SHEETS.conclusions, conclusionColumns, t.conclusions),
      tableSheet(SHEETS.rules, ruleColumns(t.conclusions), t.rules),
      tableSheet(SHEETS.profiles, profileColumns, profiles),
      tableSheet(SHEETS.texts, textColumns, textLines(t)),
      ...(t.layers.length > 0 ? [tableSheet(SHEETS.layers, layerColumns, t.layers)] : []),
    ],
  }
}

/** Sections and items, number and name always in view. */
export function itemSheet(t: Template): Worksheet {
  const sheet = tableSheet(SHEETS.items, itemColumns(t.gradeSets.map((g) => g.id)), linesOf(t), (l) =>
    l.section ? 'group' : 'plain',
  )
  return { ...sheet, frozen: { rows: 1, columns: 3 } }
}
