import { usualStep } from '../checklist/item-kinds.ts'
import type { CellProblem, CellProblemCode, ChecklistMapping, MappedField } from '../contract/template-methods.ts'
import type { Item, Section, Template } from '../domain/template.ts'
import { cleanLine, cleanText } from '../domain/text.ts'
import { NO_DEMAND } from './defaults.ts'
import {
  hasMark,
  isMethodOnly,
  isYes,
  methodsOfWords,
  parsePoints,
  saysVeto,
  typeOfWord,
  withoutMark,
  type Points,
} from './foreign-words.ts'
import type { Grid } from './grid.ts'
import { headTexts } from './guess.ts'

/** Characters of a text and of a line; more is cut, and said. */
export const LONGEST_TEXT = 20_000
export const LONGEST_LINE = 2000
/** Grades named for a list of points that fits none of the checklist's own. */
const LEVELS = '一二三四五六七八九十'

export type Place = { sheet: string; cell: string }
/** A section while its rows are read. `stated`: the points its heading or subtotal names, and where. */
export type Part = Section & { stated: { cp: number; at: Place } | null }
/** A table while it is read. */
export type Import = {
  grid: Grid
  mapping: ChecklistMapping
  gradeSets: Template['gradeSets']
  parts: Part[]
  /** The headings the next one may stand under, outermost first. */
  headings: { level: number; code: string; title: string }[]
  places: Map<string, Place>
  stated: { cp: number; at: Place } | null
  leftOut: number
  items: number
  /** The first row a checklist has no room for, and how many were left out with it. */
  beyond: { row: number; code: 'tooManyItems' | 'tooManySections'; rows: number } | null
  report: (
    row: number,
    column: number | undefined,
    code: CellProblemCode,
    value: string,
    severity?: CellProblem['severity'],
  ) => void
}

/** What a row says for a field; '' where no column is mapped. */
export const textAt = ({ grid, mapping }: Import, row: number, field: MappedField): string => {
  const column = mapping.columns[field]
  return column === undefined ? '' : (grid.rows[row]?.[column] ?? '')
}

/** A row as an item; what it does not say is left open and reported. */
export function makeItem(run: Import, row: number, id: string, raw: string): Item {
  const { columns } = run.mapping
  const long = (field: MappedField): string =>
    clipped(run, row, field, cleanText(textAt(run, row, field)), LONGEST_TEXT)
  const code = cleanLine(withoutMark(textAt(run, row, 'code'))).slice(0, LONGEST_LINE)
  if (/^\d{4}-\d{2}-\d{2}/.test(code)) run.report(row, columns.code, 'dateAsCode', code)
  const starred = textAt(run, row, 'starred')
  const methodWords = textAt(run, row, 'method')
  const methods = methodsOfWords(methodWords)
  if (methodWords !== '' && methods.length === 0) run.report(row, columns.method, 'methodKept', methodWords)
  // What the marks of a method cannot keep ("three batches") stays readable.
  const kept = isMethodOnly(methodWords) ? [] : [long('method')]
  const title = clipped(run, row, 'title', titleIn(run, row, cleanText(withoutMark(raw))), LONGEST_TEXT)
  const common = {
    id,
    code,
    title: { zh: title, en: long('titleEn') },
    basis: clipped(run, row, 'basis', cleanLine(textAt(run, row, 'basis')), LONGEST_LINE),
    evidence: { zh: long('evidence'), en: '' },
    guidance: {
      zh: [long('guidance'), ...kept]
        .filter((text) => text !== '')
        .join('\n')
        .slice(0, LONGEST_TEXT),
      en: '',
    },
    methods,
    starred: hasMark(raw) || hasMark(textAt(run, row, 'code')) || isYes(starred),
    allowNA: isYes(textAt(run, row, 'allowNA')),
    bonus: /加分/.test(raw) && /加分/.test(run.parts.at(-1)?.title.zh ?? ''),
    repeat: null,
    demand: NO_DEMAND,
  }
  const points = pointsAt(run, row)
  const type = typeAt(run, row, raw, points)
  if (type === 'veto' || type === 'gate') {
    if (points !== null && points.full_cp > 0)
      run.report(row, columns.points, 'pointsOfVeto', textAt(run, row, 'points'))
    return type === 'veto'
      ? { ...common, type, full_cp: null, spec: {} }
      : { ...common, type, full_cp: null, spec: { outcome: 'stop' } }
  }
  return scoredItem(run, row, { ...common, full_cp: fullAt(run, row, points) }, type, points)
}

/** The item's words behind those of its group, the level between section and item; said once where they are the same. */
function titleIn(run: Import, row: number, title: string): string {
  const group = cleanLine(withoutMark(textAt(run, row, 'group')))
  return ['', title].includes(group) ? title : `${group}：${title}`
}

function clipped(run: Import, row: number, field: MappedField, text: string, most: number): string {
  if (text.length <= most) return text
  run.report(row, run.mapping.columns[field], 'textCut', String(text.length))
  return text.slice(0, most)
}

function pointsAt(run: Import, row: number): Points | null {
  const text = textAt(run, row, 'points')
  const points = text === '' || saysVeto(text) ? null : parsePoints(text)
  if (points !== null && points.odd !== null) run.report(row, run.mapping.columns.points, points.odd, text)
  return points
}

/** Full marks; 0 where the table names none, which has to be given before the checklist can be issued. */
function fullAt(run: Import, row: number, points: Points | null): number {
  const { points: column } = run.mapping.columns
  if (points !== null && points.full_cp > 0) return points.full_cp
  if (column !== undefined) run.report(row, column, 'noPoints', textAt(run, row, 'points'))
  return 0
}

function typeAt(run: Import, row: number, raw: string, points: Points | null): Item['type'] {
  const word = textAt(run, row, 'type')
  const marks = [textAt(run, row, 'starred'), textAt(run, row, 'points'), textAt(run, row, 'code')]
  const isVeto =
    (points === null && isYes(textAt(run, row, 'starred')) && isVetoColumn(run)) ||
    marks.some((text) => saysVeto(text)) ||
    /[（(【[]\s*(一票)?否决项?\s*[)）】\]]/.test(raw.slice(0, 2000))
  if (isVeto) return 'veto'
  const type = word === '' ? null : typeOfWord(word)
  if (word !== '' && type === null) run.report(row, run.mapping.columns.type, 'unknownWord', word)
  return type ?? (points?.grades ? 'conformity' : run.mapping.type)
}

/** A column that marks what is a veto: its ticks and "yes" mean that, not only importance. */
const isVetoColumn = ({ grid, mapping }: Import): boolean =>
  saysVeto(headTexts(grid, mapping.headRow, mapping.firstRow)[mapping.columns.starred ?? -1] ?? '')

type Common = Omit<Item, 'type' | 'spec' | 'full_cp'> & { full_cp: number }

function scoredItem(
  run: Import,
  row: number,
  common: Common,
  type: Exclude<Item['type'], 'veto' | 'gate'>,
  points: Points | null,
): Item {
  switch (type) {
    case 'conformity':
      return { ...common, type, spec: conformitySpec(run, row, points) }
    case 'maturity':
      return { ...common, type, spec: { model: /LeTCI|结果/i.test(textAt(run, row, 'type')) ? 'LeTCI' : 'ADLI' } }
    case 'points':
      return { ...common, type, spec: { step_cp: usualStep(common.full_cp), anchors: [] } }
    case 'indicator':
      run.report(row, run.mapping.columns.type, 'indicatorRows', '')
      return { ...common, type, spec: { rowsFrom: 'task', rows: [] } }
    case 'deduction':
      run.report(row, run.mapping.columns.type, 'deductionList', '')
      return { ...common, type, spec: { list: [] } }
  }
}

/** The grade set with as many grades as the row lists points; one is made where there is none. */
function conformitySpec(
  run: Import,
  row: number,
  points: Points | null,
): { gradeSet: string; points_cp: number[] | null } {
  const grades = points?.grades ?? null
  if (grades === null) return { gradeSet: run.gradeSets[0]?.id ?? '', points_cp: null }
  const known = run.gradeSets.find((set) => set.grades.length === grades.length)
  if (known !== undefined) return { gradeSet: known.id, points_cp: grades }
  const id = `grades-${grades.length}`
  run.report(row, run.mapping.columns.points, 'gradesMade', textAt(run, row, 'points'))
  run.gradeSets.push({
    id,
    grades: grades.map((cp, n) => ({
      id: `g${n + 1}`,
      label: { zh: `${LEVELS[n] ?? n + 1}档`, en: '' },
      text: { zh: '', en: '' },
      bp: grades[0] ? Math.round((cp * 10_000) / grades[0]) : 0,
    })),
  })
  return { gradeSet: id, points_cp: grades }
}
