import { usualStep } from '../checklist/item-kinds.ts'
import type { CellProblem, ImportPreview } from '../contract/template-methods.ts'
import { isScored, type Item, type Section, type Template } from '../domain/template.ts'
import { cleanLine, cleanText, type Text } from '../domain/text.ts'
import { NO_DEMAND, idMaker } from './defaults.ts'
import { parsePoints } from './foreign-words.ts'
import type { Grid } from './grid.ts'
import { LIMITS } from './limits.ts'
import { hundredthsOf } from './numerals.ts'
import { countsOf, ruleProblems } from './template-read.ts'
import { cellName } from './workbook.ts'

/** What a choice takes besides its words. */
const CHOICE_CHARACTERS = 100

/** A named row of a form's sheet: texts by column name, small letters. */
type FormRow = { row: number; cell: (name: string) => string; at: (name: string) => string }
type Choices = Map<string, { name: string; label: Text }[]>
type Form = {
  sections: Section[]
  gradeSets: Template['gradeSets']
  problems: CellProblem[]
  places: Map<string, { sheet: string; cell: string }>
  choices: Choices
  leftOut: number
  items: number
  /** The first row a checklist has no room for, and how many were left out with it. */
  beyond: { problem: CellProblem; rows: number } | null
  /** Characters choices may still fill: every question that takes a list holds it whole. */
  room: number
}

/** Whether the sheets are an XLSForm: a `survey` with types and names. */
export function isXlsForm(grids: readonly Grid[]): boolean {
  const head = grids.find((g) => g.name.toLowerCase() === 'survey')?.rows[0]?.map((t) => t.toLowerCase())
  return head !== undefined && head.includes('type') && head.includes('name')
}

/**
 * A checklist from an XLSForm (survey, choices, settings): groups become sections, select_one conformity items with the list as grades,
 * numbers points items, select_multiple deductions. Questions nobody can score are reported as left out. `base` gives the rest.
 */
export function readXlsForm(grids: readonly Grid[], base: Template, found: readonly CellProblem[]): ImportPreview {
  const sheet = (name: string) => grids.find((g) => g.name.toLowerCase() === name)
  const form: Form = {
    sections: [],
    gradeSets: [...base.gradeSets],
    problems: [...found],
    places: new Map(),
    choices: readChoices(sheet('choices')),
    leftOut: 0,
    items: 0,
    beyond: null,
    room: LIMITS.characters,
  }
  const settings = rowsOf(sheet('settings'))[0]
  const title = settings?.cell('form_title') ?? ''
  readSurvey(form, rowsOf(sheet('survey')), title)
  if (form.beyond !== null) form.problems.push({ ...form.beyond.problem, value: String(form.beyond.rows) })
  const sections = form.sections.filter((s) => s.items.length > 0)
  const totalFull_cp = sections.flatMap((s) => s.items).reduce((sum, i) => sum + (isScored(i) ? i.full_cp : 0), 0)
  const content: Template = {
    ...base,
    number: cleanLine(settings?.cell('form_id') ?? ''),
    title: { zh: title, en: '' },
    gradeSets: form.gradeSets,
    totalFull_cp,
    sections,
  }
  const problems = [...form.problems, ...ruleProblems(content, form.places).filter((p) => p.sheet === 'survey')]
  return {
    content,
    problems,
    counts: countsOf(content, form.leftOut),
    total: { found_cp: totalFull_cp, stated_cp: null },
  }
}

function rowsOf(grid: Grid | undefined): FormRow[] {
  if (grid === undefined) return []
  const heads = grid.rows[0]?.map((t) => t.toLowerCase().replaceAll(/\s+/g, ' ').trim()) ?? []
  return grid.rows.slice(1).flatMap((texts, n) => {
    const at = (name: string) => cellName(n + 1, Math.max(0, heads.indexOf(name)))
    const cell = (name: string) => (heads.includes(name) ? (texts[heads.indexOf(name)] ?? '') : '')
    return texts.some((t) => t !== '') ? [{ row: n + 1, cell: withLanguages(cell, heads), at }] : []
  })
}

/** `label` is Chinese where a form says which; `label#en` the English one. */
function withLanguages(cell: (name: string) => string, heads: readonly string[]): (name: string) => string {
  const inLanguage = (name: string, language: RegExp) =>
    heads
      .filter((h) => h.startsWith(`${name}::`) && language.test(h.slice(name.length + 2)))
      .map((h) => cell(h))
      .find((t) => t !== '') ?? ''
  return (name) => {
    if (name.endsWith('#en')) return inLanguage(name.slice(0, -3), /english|\ben\b/)
    return inLanguage(name, /chinese|中文|汉|\bzh/) || cell(name) || inLanguage(name, /./)
  }
}

const labelOf = (row: FormRow): Text => ({
  zh: cleanText(row.cell('label')) || cleanText(row.cell('name')),
  en: cleanText(row.cell('label#en')),
})

function readChoices(grid: Grid | undefined): Choices {
  const choices: Choices = new Map()
  for (const row of rowsOf(grid)) {
    const list = row.cell('list_name') || row.cell('list name')
    const known = choices.get(list) ?? []
    known.push({ name: row.cell('name'), label: labelOf(row) })
    choices.set(list, known)
  }
  return choices
}

function readSurvey(form: Form, rows: readonly FormRow[], title: string): void {
  const [sectionId, itemId] = [idMaker('s'), idMaker('i')]
  const groups: Section[] = []
  const open = (label: Text, name: string): Section => {
    const section = {
      id: sectionId('', name).id,
      code: String(form.sections.length + 1),
      title: label,
      justifyBelow_bp: null,
      items: [],
    }
    form.sections.push(section)
    return section
  }
  for (const row of rows) {
    const type = row
      .cell('type')
      .replaceAll(/[\s_]+/g, ' ')
      .toLowerCase()
      .trim()
    const isBegin = /^begin (group|repeat)/.test(type)
    if (/^end (group|repeat)/.test(type)) groups.pop()
    else if (form.beyond !== null || isBeyond(form, isBegin)) leaveBeyond(form, row, isBegin)
    else if (isBegin) groups.push(open(labelOf(row), row.cell('name')))
    else {
      const item = readQuestion(form, row, type, itemId)
      if (item === null) leaveOut(form, row)
      else (groups.at(-1) ?? form.sections.find((s) => s.id === 'form') ?? openForm(form, title)).items.push(item)
    }
  }
}

/** The section of questions that stand in no group. */
function openForm(form: Form, title: string): Section {
  const section: Section = { id: 'form', code: '0', title: { zh: title, en: '' }, justifyBelow_bp: null, items: [] }
  form.sections.push(section)
  return section
}

/** One section is kept for questions that stand in no group. */
const isBeyond = (form: Form, isBegin: boolean): boolean =>
  isBegin ? form.sections.length >= LIMITS.sections - 1 : form.items >= LIMITS.items || form.room < 0

/** Said once, with how many rows there were: what follows such a row is left out too. */
function leaveBeyond(form: Form, row: FormRow, isBegin: boolean): void {
  form.leftOut += 1
  const first = form.beyond?.problem ?? problemOf(row, isBegin ? 'tooManySections' : 'tooManyItems')
  form.beyond = { problem: first, rows: (form.beyond?.rows ?? 0) + 1 }
}

function leaveOut(form: Form, row: FormRow): void {
  form.leftOut += 1
  form.problems.push(problemOf(row, 'notScorable'))
}

const problemOf = (row: FormRow, code: CellProblem['code']): CellProblem => ({
  sheet: 'survey',
  cell: row.at('type'),
  code,
  value: `${row.cell('type')} ${row.cell('label')}`.slice(0, 200),
  severity: 'error',
})

function readQuestion(form: Form, row: FormRow, type: string, makeId: ReturnType<typeof idMaker>): Item | null {
  const [kind = '', second = ''] = type.split(' ')
  const isOne = kind === 'select' && second === 'one'
  const isSeveral = kind === 'select' && second === 'multiple'
  if (!isOne && !isSeveral && !['integer', 'decimal', 'range'].includes(kind)) return null
  form.items += 1
  const { id } = makeId('', row.cell('name'))
  form.places.set(`items.${id}`, { sheet: 'survey', cell: row.at('label') })
  const list = isOne || isSeveral ? (form.choices.get(row.cell('type').trim().split(/\s+/).at(-1) ?? '') ?? []) : []
  const graded = list.filter((c) => !isNotApplicable(c.name))
  const full_cp = fullOf(row)
  if (full_cp === 0)
    form.problems.push({
      sheet: 'survey',
      cell: row.at('points'),
      code: 'noPoints',
      value: row.cell('points'),
      severity: 'warning',
    })
  const common = {
    id,
    code: cleanLine(row.cell('name')) || id,
    title: labelOf(row),
    basis: '',
    evidence: { zh: '', en: '' },
    guidance: { zh: cleanText(row.cell('hint')), en: cleanText(row.cell('hint#en')) },
    methods: [],
    starred: false,
    allowNA: graded.length < list.length,
    bonus: false,
    repeat: null,
    demand: NO_DEMAND,
    full_cp,
  }
  if (isOne) return { ...common, type: 'conformity', spec: { gradeSet: gradesOf(form, row, graded), points_cp: null } }
  if (!isSeveral)
    return {
      ...common,
      type: 'points',
      spec: { step_cp: kind === 'integer' && full_cp % 100 === 0 ? 100 : usualStep(full_cp), anchors: [] },
    }
  form.problems.push({
    sheet: 'survey',
    cell: row.at('type'),
    code: 'deductionList',
    value: row.cell('type'),
    severity: 'warning',
  })
  form.room -= graded.reduce((sum, { label }) => sum + label.zh.length + label.en.length + CHOICE_CHARACTERS, 0)
  const choiceId = idMaker('d')
  return {
    ...common,
    type: 'deduction',
    spec: { list: graded.map((c) => ({ id: choiceId('', c.name).id, label: c.label, points_cp: 0, maxCount: 1 })) },
  }
}

const isNotApplicable = (name: string): boolean => /^(na|n_a|n\/a|not_applicable|不适用)$/i.test(name)

/** Full marks: a column of points, the upper bound of the answer, or 0 for still to be given. */
function fullOf(row: FormRow): number {
  const stated = ['points', 'score', 'full_marks', '分值', '满分']
    .map((name) => parsePoints(row.cell(name)))
    .find((p) => p !== null)
  if (stated) return stated.full_cp
  const bound =
    /<=?\s*(\d+(?:\.\d+)?)/.exec(row.cell('constraint').slice(0, 500)) ??
    /\bend\s*=\s*(\d+(?:\.\d+)?)/.exec(row.cell('parameters').slice(0, 500))
  return hundredthsOf(Number(bound?.[1] ?? 0)) ?? 0
}

/** The list of a question as grades, the first best; the rates are evenly spread and to be looked at. */
function gradesOf(form: Form, row: FormRow, list: readonly { name: string; label: Text }[]): string {
  const name =
    row
      .cell('type')
      .trim()
      .split(/\s+/)
      .at(-1)
      ?.toLowerCase()
      .replaceAll(/[^a-z0-9._-]+/g, '-')
      .slice(0, 28) ?? ''
  const id = `x-${name}`
  if (list.length < 2) {
    form.problems.push({
      sheet: 'survey',
      cell: row.at('type'),
      code: 'unknownList',
      value: row.cell('type'),
      severity: 'warning',
    })
    return form.gradeSets[0]?.id ?? ''
  }
  if (form.gradeSets.some((s) => s.id === id)) return id
  form.problems.push({
    sheet: 'survey',
    cell: row.at('type'),
    code: 'gradesMade',
    value: row.cell('type'),
    severity: 'warning',
  })
  const makeId = idMaker('g')
  form.gradeSets.push({
    id,
    grades: list.map((choice, n) => ({
      id: makeId('', choice.name).id,
      label: choice.label,
      text: { zh: '', en: '' },
      bp: Math.round((10_000 * (list.length - 1 - n)) / (list.length - 1)),
    })),
  })
  return id
}
