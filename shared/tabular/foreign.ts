import type { CellProblem, CellProblemCode, ChecklistMapping, ImportPreview } from '../contract/template-methods.ts'
import { fullOf, isScored, type Template } from '../domain/template.ts'
import { cleanLine, cleanText } from '../domain/text.ts'
import { LONGEST_LINE, LONGEST_TEXT, makeItem, textAt, type Import, type Part, type Place } from './foreign-items.ts'
import {
  headingLevel,
  headingParts,
  isRemark,
  isToSign,
  isTotalWord,
  isWholeTotal,
  looksLikeHeading,
  parsePoints,
  saysSection,
} from './foreign-words.ts'
import { distinct, normalHead, type Grid } from './grid.ts'
import { headTexts } from './guess.ts'
import { LIMITS } from './limits.ts'
import { countsOf, ruleProblems } from './template-read.ts'
import { cellName } from './workbook.ts'

/**
 * A checklist from any table by a mapping. `base` gives what a table does not say: grades, bands, rules, profiles. Every filled row
 * becomes a section, an item or a checked sum, or is reported as left out (severity error); every doubt is reported at its cell.
 */
export function importForeign(
  grids: readonly Grid[],
  mapping: ChecklistMapping,
  base: Template,
  found: readonly CellProblem[],
): ImportPreview {
  const problems: CellProblem[] = [...found]
  const grid = grids.find((g) => g.name === mapping.sheet)
  const run = beginImport(grid ?? { ...EMPTY_GRID, name: mapping.sheet }, mapping, base, problems)
  reportUnused(run, grids, problems)
  const last = Math.min(run.grid.rows.length - 1, mapping.lastRow ?? Infinity)
  for (let row = mapping.firstRow; row <= last; row++) takeRow(run, row)
  const below = run.grid.rows.slice(last + 1).filter((row) => distinct(row).length > 0).length
  if (below > 0) run.report(last + 1, 0, 'rowsAfterLast', String(below))
  if (run.beyond !== null) run.report(run.beyond.row, 0, run.beyond.code, String(run.beyond.rows), 'error')
  dropEmptyBands(run)
  numberItems(run)
  const content = finish(run, base)
  checkSums(run, content)
  if (run.items === 0) run.report(mapping.firstRow, mapping.columns.title, 'noItems', '')
  problems.push(...ruleProblems(content, run.places).filter((p) => p.sheet === grid?.name))
  return {
    content,
    problems: capped(problems),
    counts: countsOf(content, run.leftOut),
    total: { found_cp: content.totalFull_cp, stated_cp: run.stated?.cp ?? null },
  }
}

const EMPTY_GRID: Omit<Grid, 'name'> = { rows: [], width: 0, isRepeat: () => false, mergedTo: (row) => row }

function capped(problems: CellProblem[]): CellProblem[] {
  if (problems.length <= LIMITS.problems) return problems
  const rest = problems.length - LIMITS.problems
  const more: CellProblem = { sheet: '', cell: '', code: 'moreProblems', value: String(rest), severity: 'warning' }
  return [...problems.slice(0, LIMITS.problems), more]
}

function beginImport(grid: Grid, mapping: ChecklistMapping, base: Template, problems: CellProblem[]): Import {
  return {
    grid,
    mapping,
    gradeSets: [...base.gradeSets],
    parts: [],
    headings: [],
    places: new Map(),
    stated: null,
    leftOut: 0,
    items: 0,
    beyond: null,
    report: (row, column, code, value, severity = 'warning') =>
      void problems.push({
        sheet: grid.name,
        cell: cellName(row, column ?? 0),
        code,
        value: value.slice(0, 200),
        severity,
      }),
  }
}

/** Filled columns and sheets the mapping does not take. */
function reportUnused({ grid, mapping, report }: Import, grids: readonly Grid[], problems: CellProblem[]): void {
  const used = new Set(Object.values(mapping.columns))
  const heads = headTexts(grid, mapping.headRow, mapping.firstRow)
  for (let c = 0; c < grid.width; c++) {
    const isFilled =
      !used.has(c) && grid.rows.some((row, r) => r >= mapping.firstRow && (row[c] ?? '') !== '' && !grid.isRepeat(r, c))
    if (isFilled) report(mapping.headRow, c, 'columnNotUsed', heads[c] ?? '')
  }
  for (const { name, rows } of grids) {
    if (name === grid.name || rows.length === 0) continue
    problems.push({ sheet: name, cell: '', code: 'sheetNotUsed', value: name, severity: 'warning' })
  }
}

function takeRow(run: Import, row: number): void {
  const { grid, mapping } = run
  const texts = grid.rows[row] ?? []
  const filled = distinct(texts)
  if (filled.length === 0) return
  const first = filled[0] ?? ''
  const total = filled.find((text) => isTotalWord(text))
  if (total !== undefined && filled.length <= 4) return takeTotal(run, row, total)
  if (run.beyond !== null) return leaveBeyond(run, row, run.beyond.code)
  if (isRepeatedHead(run, texts)) return leaveOut(run, row, 'repeatedHead', first)
  const isUnder = (isRemark(first) && filled.length === 1) || (isToSign(first) && textAt(run, row, 'points') === '')
  if (isUnder) return leaveOut(run, row, 'remark', first)
  if (saysSection(textAt(run, row, 'type'))) return takeHeading(run, row, filled)
  if (mapping.sections === 'columns' && isBand(run, row)) return enterSection(run, row)
  if (mapping.sections === 'rows' && looksLikeHeading(grid, row, mapping.columns)) return takeHeading(run, row, filled)
  if (run.items >= LIMITS.items) return leaveBeyond(run, row, 'tooManyItems')
  if (mapping.sections === 'columns') enterSection(run, row)
  // Its section may have found no room.
  if (run.beyond === null) takeItem(run, row, filled)
}

/** Said once, with how many rows there were: what follows such a row is left out too. */
function leaveBeyond(run: Import, row: number, code: NonNullable<Import['beyond']>['code']): void {
  run.leftOut += 1
  run.beyond = { row: run.beyond?.row ?? row, code, rows: (run.beyond?.rows ?? 0) + 1 }
}

/** A row that is one text merged over section, item and points: the section's name above its own rows, no item. */
function isBand({ grid, mapping: { columns } }: Import, row: number): boolean {
  const texts = grid.rows[row] ?? []
  const { sectionTitle, title } = columns
  if (sectionTitle === undefined || title === undefined || sectionTitle === title) return false
  return (
    distinct(texts).length === 1 &&
    (texts[sectionTitle] ?? '') !== '' &&
    texts[sectionTitle] === texts[title] &&
    grid.isRepeat(row, Math.max(sectionTitle, title), true)
  )
}

/** A band that names none of the sections under it holds no items; said like a remark, it is not lost unseen. */
function dropEmptyBands(run: Import): void {
  if (run.mapping.sections !== 'columns') return
  run.parts = run.parts.filter(({ id, items }) => {
    const row = Number(/\d+$/.exec(run.places.get(`sections.${id}`)?.cell ?? '')?.[0] ?? 0) - 1
    if (items.length > 0 || !isBand(run, row)) return true
    run.places.delete(`sections.${id}`)
    leaveOut(run, row, 'remark', distinct(run.grid.rows[row] ?? [])[0] ?? '')
    return false
  })
}

function leaveOut(run: Import, row: number, code: CellProblemCode, value: string): void {
  run.leftOut += 1
  const column = (run.grid.rows[row] ?? []).findIndex((text) => text !== '')
  run.report(row, column, code, value, 'error')
}

function isRepeatedHead({ grid, mapping }: Import, texts: readonly string[]): boolean {
  const head = grid.rows[mapping.headRow] ?? []
  const isSame = (text: string, c: number) => text === '' || normalHead(text) === normalHead(head[c] ?? '')
  return texts.filter((text) => text !== '').length >= 2 && texts.every(isSame)
}

/** The sum a row states: in the column of points, else the last number in the row. */
function takeTotal(run: Import, row: number, word: string): void {
  const { grid, mapping } = run
  const column = mapping.columns.points ?? (grid.rows[row] ?? []).findLastIndex((text) => parsePoints(text) !== null)
  const points = parsePoints(grid.rows[row]?.[column] ?? '')
  if (points === null) return run.report(row, column, 'totalWithoutNumber', word)
  const stated = { cp: points.full_cp, at: { sheet: grid.name, cell: cellName(row, Math.max(0, column)) } }
  const part = run.parts.at(-1)
  if (isWholeTotal(word) || part === undefined) run.stated = stated
  else part.stated = stated
}

function takeHeading(run: Import, row: number, filled: readonly string[]): void {
  const { grid, mapping } = run
  const code = textAt(run, row, 'code')
  const pointsText = textAt(run, row, 'points')
  const others = filled.filter((text) => text !== code && text !== pointsText && text !== textAt(run, row, 'type'))
  const own = textAt(run, row, 'title') || (others[0] ?? code)
  const { code: mark, title, stated_cp } = headingParts(own)
  const points = parsePoints(pointsText)?.full_cp ?? stated_cp
  const at = { sheet: grid.name, cell: cellName(row, mapping.columns.points ?? 0) }
  const under = underHeadings(run, own, { code: (code === own ? '' : code) || mark, title })
  addSection(run, row, under.code, under.title, points === null ? null : { cp: points, at })
}

type Heading = { code: string; title: string }

/** A heading's words behind those it stands under. A heading that only holds others is no section of its own. */
function underHeadings(run: Import, own: string, words: Heading): Heading {
  const level = headingLevel(own)
  run.headings = level === null ? [] : run.headings.filter((one) => one.level < level)
  const above = run.headings.at(-1)
  const last = run.parts.at(-1)
  if (
    above !== undefined &&
    last !== undefined &&
    last.items.length === 0 &&
    last.title.zh === cleanText(above.title)
  ) {
    // Its stated points stay to be checked only where they are its own.
    run.places.delete(`sections.${last.id}`)
    run.parts.pop()
  }
  const whole =
    above === undefined
      ? words
      : {
          code: [above.code, words.code].filter((code) => code !== '').join('.'),
          title: `${above.title} › ${words.title}`,
        }
  if (level !== null) run.headings.push({ level, ...whole })
  return whole
}

function addSection(run: Import, row: number, code: string, title: string, stated: Part['stated']): void {
  if (run.parts.length >= LIMITS.sections) return leaveBeyond(run, row, 'tooManySections')
  const id = `s${run.parts.length + 1}`
  const column = run.mapping.columns.sectionTitle ?? run.mapping.columns.title ?? 0
  run.places.set(`sections.${id}`, { sheet: run.grid.name, cell: cellName(row, column) })
  run.parts.push({
    id,
    code: cleanLine(code).slice(0, LONGEST_LINE) || String(run.parts.length + 1),
    title: { zh: cleanText(title).slice(0, LONGEST_TEXT), en: '' },
    justifyBelow_bp: null,
    items: [],
    stated,
  })
}

/** The section a row stands in by its columns: merged or left empty, it is the one above. */
function enterSection(run: Import, row: number): void {
  const raw = textAt(run, row, 'sectionTitle')
  const { code: mark, title, stated_cp } = headingParts(raw)
  const code = textAt(run, row, 'sectionCode') || (raw === '' ? '' : mark)
  const current = run.parts.at(-1)
  if (raw === '' && code === '' && current !== undefined) return
  const [name, number] = [cleanText(title).slice(0, LONGEST_TEXT), cleanLine(code).slice(0, LONGEST_LINE)]
  const isSame = (part: Part) => (raw === '' || part.title.zh === name) && (code === '' || part.code === number)
  if (current !== undefined && isSame(current)) return
  const earlier = run.parts.findIndex((part) => isSame(part))
  if (earlier !== -1) {
    run.report(row, run.mapping.columns.sectionTitle ?? run.mapping.columns.sectionCode, 'sectionAgain', raw || code)
    run.parts.push(...run.parts.splice(earlier, 1))
    return
  }
  const at = { sheet: run.grid.name, cell: cellName(row, run.mapping.columns.sectionTitle ?? 0) }
  addSection(run, row, code, title || code, stated_cp === null ? null : { cp: stated_cp, at })
}

function takeItem(run: Import, row: number, filled: readonly string[]): void {
  const { columns } = run.mapping
  const raw = textAt(run, row, 'title')
  if (raw === '') return leaveOut(run, row, 'noTitle', filled.join(' '))
  if (run.parts.length === 0) {
    addSection(run, row, '1', run.mapping.sections === 'none' ? run.mapping.title : '', null)
    if (run.mapping.sections !== 'none') run.report(row, columns.title, 'itemBeforeSection', raw)
  }
  const id = `i${++run.items}`
  run.places.set(`items.${id}`, { sheet: run.grid.name, cell: cellName(row, columns.title ?? 0) })
  run.parts.at(-1)?.items.push(makeItem(run, row, id, raw))
}

/** Numbers that begin again in every section get the section's before them; missing ones are counted, the same ones told apart. */
function numberItems(run: Import): void {
  const codes = run.parts.flatMap((p) => p.items.map((i) => i.code)).filter((code) => code !== '')
  const isRestarting = new Set(codes).size < codes.length && codes.every((code) => /^\d+$/.test(code))
  if (isRestarting) run.report(run.mapping.headRow, run.mapping.columns.code, 'codesPrefixed', '')
  const used = new Set<string>()
  for (const part of run.parts) {
    part.items.forEach((item, n) => {
      const wanted = item.code === '' || isRestarting ? `${part.code}.${item.code || n + 1}` : item.code
      let code = wanted
      for (let again = 2; used.has(code); again++) code = `${wanted}-${again}`
      if (code !== wanted) {
        const at = run.places.get(`items.${item.id}`)
        const row = Number(/\d+$/.exec(at?.cell ?? '')?.[0] ?? 1) - 1
        run.report(row, run.mapping.columns.code, 'duplicateCode', wanted)
      }
      used.add(code)
      item.code = code
    })
  }
}

function finish(run: Import, base: Template): Template {
  const sections = run.parts.map(({ id, code, title: name, justifyBelow_bp, items }) => ({
    id,
    code,
    title: name,
    justifyBelow_bp,
    items,
  }))
  const total = fullOf(sections.flatMap((s) => s.items))
  const { number, title, category } = run.mapping
  return {
    ...base,
    number: cleanLine(number),
    category,
    title: { zh: cleanText(title), en: '' },
    gradeSets: run.gradeSets,
    totalFull_cp: total,
    sections,
  }
}

/** What headings, subtotals and the total state against what the rows sum to. */
function checkSums(run: Import, content: Template): void {
  const differs = ({ cp, at }: { cp: number; at: Place }, sum: number, code: CellProblemCode) => {
    if (cp === sum) return
    const row = Number(/\d+$/.exec(at.cell)?.[0] ?? 1) - 1
    run.report(row, run.mapping.columns.points, code, `${cp / 100} ≠ ${sum / 100}`)
  }
  for (const { stated, items } of run.parts) {
    const sum = items.reduce((s, i) => s + (isScored(i) ? i.full_cp : 0), 0)
    if (stated !== null) differs(stated, sum, 'sectionSumDiffers')
  }
  if (run.stated !== null) differs(run.stated, content.totalFull_cp, 'totalDiffers')
}
