import { usualStep } from '../checklist/item-kinds.ts'
import type { CellProblem, ImportPreview } from '../contract/template-methods.ts'
import { findings } from '../checklist/findings.ts'
import { fullOf, isScored, templateItems, type Item, type Section, type Template } from '../domain/template.ts'
import { hundredthsOf, parseNumber, plainWidth } from './numerals.ts'
import { idMaker } from './defaults.ts'
import { FORMAT, FORMAT_FIELD } from './template-info.ts'
import { readInfo } from './template-read-info.ts'
import {
  ANCHOR_PERCENTS,
  SECTION_WORD,
  SHEETS,
  THRESHOLDS,
  itemColumns,
  deductionColumns,
  rowColumns,
} from './template-tables.ts'
import { readTable, type TableRow } from './table.ts'
import { LISTS_SHEET, type ReadSheet, type ReadWorkbook } from './workbook.ts'
import {
  DIRECTION_WORDS,
  METHOD_WORDS,
  MODEL_WORDS,
  OUTCOME_WORDS,
  ROWS_FROM_WORDS,
  ROW_KIND_WORDS,
  TYPE_WORDS,
} from './words.ts'

type Place = { sheet: string; cell: string }
/** What the tables of rows say, by item code. */
type Details = { rows: Map<string, TableRow[]>; deductions: Map<string, TableRow[]> }

const headsOf = (columns: readonly { head: string }[]): string[] => columns.map((c) => c.head)
const ITEM_HEADS = headsOf(itemColumns([]))

/** Whether a workbook is a checklist this app wrote, or its item table alone (as in CSV). `tooNew`: by a later layout than this one knows. */
export function isOurWorkbook({ sheets }: ReadWorkbook): 'ours' | 'items' | 'tooNew' | 'foreign' {
  const info = sheets.find((s) => s.name === SHEETS.info)
  const stated = info?.rows.find((row) => row[0]?.value === FORMAT_FIELD)?.[1]?.value
  if (typeof stated === 'string' && sheets.some((s) => s.name === SHEETS.items)) {
    if (stated === FORMAT) return 'ours'
    if (stated.startsWith(FORMAT.slice(0, -1))) return 'tooNew'
  }
  return sheets[0] !== undefined && isItemTable(sheets[0]) ? 'items' : 'foreign'
}

/** Most of the item table's heads in the first row: no other table has them. */
function isItemTable({ rows }: ReadSheet): boolean {
  const heads = new Set(rows[0]?.map((cell) => String(cell.value ?? '').trim()))
  return ITEM_HEADS.filter((head) => heads.has(head)).length * 3 > ITEM_HEADS.length * 2
}

/**
 * A checklist from a workbook in our own layout: unchanged tables give the same document, key for key. What cannot be taken is
 * reported at its cell and stands as empty, so a draft can always be opened. Of an item table alone, `base` gives the rest.
 */
export function readTemplateWorkbook(book: ReadWorkbook, base: Template): ImportPreview {
  const isWhole = isOurWorkbook(book) !== 'items'
  const places = new Map<string, Place>()
  const problems: CellProblem[] = book.problems.filter((p) => p.sheet !== LISTS_SHEET)
  const { totalFull_cp: stated_cp, ...rest } = isWhole
    ? readInfo(book, problems, places)
    : { ...base, totalFull_cp: null }
  const itemSheet = isWhole ? SHEETS.items : (book.sheets[0]?.name ?? '')
  problems.push(...unusedSheets(book, itemSheet))
  const details = isWhole ? readDetails(book, problems) : { rows: new Map(), deductions: new Map() }
  const lines = readTable(book, itemSheet, ITEM_HEADS, problems)
  const sections = readSections(lines, details, rest.gradeSets[0]?.id ?? '', { sheet: itemSheet, places })
  reportUnused(details, sections)
  const found_cp = fullOf(sections.flatMap((s) => s.items))
  const content: Template = { ...rest, totalFull_cp: found_cp, sections }
  if (stated_cp !== null && stated_cp !== found_cp) {
    const at = places.get('totalFull_cp') ?? { sheet: SHEETS.info, cell: '' }
    problems.push({ ...at, code: 'totalDiffers', value: `${stated_cp / 100} ≠ ${found_cp / 100}`, severity: 'warning' })
  }
  const leftOut = problems.filter((p) => p.severity === 'error').length
  problems.push(...ruleProblems(content, places).filter((p) => isWhole || p.sheet === itemSheet))
  return { content, problems, counts: countsOf(content, leftOut), total: { found_cp, stated_cp } }
}

function readDetails(book: ReadWorkbook, problems: CellProblem[]): Details {
  const byCode = (sheet: string, columns: readonly { head: string }[]) => {
    const found = new Map<string, TableRow[]>()
    for (const row of readTable(book, sheet, headsOf(columns), problems)) {
      const code = row.line('条目编号')
      found.set(code, [...(found.get(code) ?? []), row])
    }
    return found
  }
  return { rows: byCode(SHEETS.indicators, rowColumns), deductions: byCode(SHEETS.deductions, deductionColumns) }
}

/** Sheets a person has added say nothing we know. */
function unusedSheets({ sheets }: ReadWorkbook, itemSheet: string): CellProblem[] {
  const known: readonly string[] = [...Object.values(SHEETS), LISTS_SHEET, itemSheet]
  return sheets
    .filter((s) => !known.includes(s.name.trim()))
    .map(({ name }) => ({ sheet: name, cell: '', code: 'sheetNotUsed', value: name, severity: 'warning' }))
}

/** What an import brought, in numbers. */
export function countsOf(t: Template, leftOut: number): ImportPreview['counts'] {
  const items = templateItems(t)
  return {
    sections: t.sections.length,
    scored: items.filter(isScored).length,
    veto: items.filter((i) => i.type === 'veto').length,
    gate: items.filter((i) => i.type === 'gate').length,
    leftOut,
  }
}

/** What forbids issuing the checklist, at the cells it came from; missing points are reported where they are read. */
export function ruleProblems(content: Template, places: ReadonlyMap<string, Place>): CellProblem[] {
  return findings(content)
    .filter((f) => (f.severity === 'error' && f.code !== 'pointsMissing') || f.code === 'codesAlike')
    .map(({ path, code, message }) => {
      const [kind = '', id = ''] = path.split('.')
      const at = places.get(`${kind}.${id}`) ?? places.get(kind) ?? { sheet: SHEETS.info, cell: '' }
      return { ...at, code, value: message, severity: 'warning' as const }
    })
}

function readSections(
  lines: readonly TableRow[],
  details: Details,
  firstGradeSet: string,
  { sheet, places }: { sheet: string; places: Map<string, Place> },
): Section[] {
  const [sectionId, itemId] = [idMaker('s'), idMaker('i')]
  const sections: Section[] = []
  for (const line of lines) {
    const code = line.line('编号')
    const isSection = line.text('类型').trim() === SECTION_WORD
    const { id, isWanted } = (isSection ? sectionId : itemId)(line.line('标识'), code)
    if (!isWanted && !line.isEmpty('标识')) line.problem('标识', 'idReplaced')
    places.set(`${isSection ? 'sections' : 'items'}.${id}`, { sheet, cell: line.cell('编号') })
    if (isSection) {
      const title = { zh: line.text('名称'), en: line.text('名称（英文）') }
      sections.push({ id, code, title, justifyBelow_bp: line.hundredths('章节说明线（%）'), items: [] })
      continue
    }
    let section = sections.at(-1)
    if (section === undefined) {
      line.problem('编号', 'itemBeforeSection')
      section = { id: sectionId('', '').id, code: '1', title: { zh: '', en: '' }, justifyBelow_bp: null, items: [] }
      sections.push(section)
    }
    section.items.push(readItem(line, id, code, details, firstGradeSet))
  }
  return sections
}

function readItem(line: TableRow, id: string, code: string, details: Details, firstGradeSet: string): Item {
  const text = (head: string) => ({ zh: line.text(head), en: line.text(`${head}（英文）`) })
  const [min, max] = [line.int('最少重复'), line.int('最多重复')]
  const what = text('重复对象')
  const common = {
    id,
    code,
    title: text('名称'),
    basis: line.line('评价依据'),
    evidence: text('证据期望'),
    guidance: text('评价要点'),
    methods: line.choices('评价方法', METHOD_WORDS),
    starred: line.yes('关键项'),
    allowNA: line.yes('可不适用'),
    bonus: line.yes('加分项'),
    repeat: min === null && max === null && what.zh === '' ? null : { what, min: min ?? 1, max: max ?? min ?? 1 },
    demand: {
      minPhotos: line.int('最少照片') ?? 0,
      minSamples: line.int('最少样本') ?? 0,
      noteAtOrBelow_bp: line.hundredths('须说明得分率（%）'),
      noteAtFull: line.yes('满分须说明'),
      evidenceAtOrBelow_bp: line.hundredths('须佐证得分率（%）'),
      evidenceAtFull: line.yes('满分须佐证'),
      perExpert: line.yes('每位专家佐证'),
    },
  }
  const type = line.choice('类型', TYPE_WORDS) ?? likelyType(line)
  if (type === 'veto') return { ...common, type, full_cp: null, spec: {} }
  if (type === 'gate') {
    return { ...common, type, full_cp: null, spec: { outcome: line.choice('不满足时', OUTCOME_WORDS) ?? 'stop' } }
  }
  const full_cp = line.hundredths('满分') ?? 0
  if (full_cp === 0) line.problem('满分', 'noPoints')
  const scored = { ...common, full_cp }
  switch (type) {
    case 'conformity':
      return { ...scored, type, spec: { gradeSet: line.line('等级组') || firstGradeSet, points_cp: gradePoints(line) } }
    case 'maturity':
      return { ...scored, type, spec: { model: line.choice('成熟度模型', MODEL_WORDS) ?? 'ADLI' } }
    case 'points':
      return {
        ...scored,
        type,
        spec: { step_cp: line.hundredths('评分步长') ?? usualStep(full_cp), anchors: anchorsOf(line) },
      }
    case 'indicator': {
      const rowsFrom = line.choice('指标来源', ROWS_FROM_WORDS) ?? 'template'
      return { ...scored, type, spec: { rowsFrom, rows: readRows(details.rows.get(code) ?? []) } }
    }
    case 'deduction':
      return { ...scored, type, spec: { list: readDeductions(details.deductions.get(code) ?? []) } }
  }
}

function likelyType(line: TableRow): Item['type'] {
  if (line.isEmpty('类型')) line.problem('类型', 'missing')
  if (!line.isEmpty('等级组')) return 'conformity'
  return line.isEmpty('成熟度模型') ? 'points' : 'maturity'
}

function anchorsOf(line: TableRow) {
  const anchors = ANCHOR_PERCENTS.map((p) => ({ zh: line.text(`${p}%档`), en: line.text(`${p}%档（英文）`) }))
  return !line.isEmpty('分档说明') || anchors.some((a) => a.zh !== '' || a.en !== '') ? anchors : []
}

function gradePoints(line: TableRow): number[] | null {
  if (line.isEmpty('各等级分值')) return null
  const parts = line
    .line('各等级分值')
    .split('/')
    .map((part) => parseNumber(part))
  const points = parts.map((p) => (p === null ? null : hundredthsOf(p)))
  if (points.includes(null)) line.problem('各等级分值', 'notANumber')
  return points.every((p) => p !== null) ? points : null
}

function readRows(lines: readonly TableRow[]) {
  const makeId = idMaker('r')
  return lines.map((line, n) => {
    const decimal = (head: string): string | null => plainWidth(line.line(head)).trim() || null
    const thresholds = Object.fromEntries(THRESHOLDS.map(([key, head]) => [key, decimal(head)]))
    return {
      id: makeId(line.line('标识'), `r${n + 1}`).id,
      name: { zh: line.text('指标名称'), en: line.text('指标名称（英文）') },
      unit: line.line('单位'),
      kind: line.choice('类别', ROW_KIND_WORDS) ?? 'basic',
      direction: line.choice('方向', DIRECTION_WORDS) ?? 'higher',
      weight: line.int('权重') ?? 1,
      ...(thresholds as Record<(typeof THRESHOLDS)[number][0], string | null>),
      source: line.line('来源'),
    }
  })
}

function readDeductions(lines: readonly TableRow[]) {
  const makeId = idMaker('d')
  return lines.map((line, n) => ({
    id: makeId(line.line('标识'), `d${n + 1}`).id,
    label: { zh: line.text('扣分情形'), en: line.text('扣分情形（英文）') },
    points_cp: line.hundredths('每次扣分') ?? 0,
    maxCount: line.int('最多次数'),
  }))
}

/** Rows that name an item there is not, or one of another type. */
function reportUnused(details: Details, sections: readonly Section[]): void {
  const codesOf = (type: Item['type']) =>
    new Set(sections.flatMap((s) => s.items.filter((i) => i.type === type).map((i) => i.code)))
  const tables = [
    [details.rows, codesOf('indicator')],
    [details.deductions, codesOf('deduction')],
  ] as const
  for (const [rows, codes] of tables) {
    for (const [code, lines] of rows)
      if (!codes.has(code)) for (const line of lines) line.problem('条目编号', 'unknownItem', 'error')
  }
}
