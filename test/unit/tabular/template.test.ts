import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templateItems, type Template } from '../../../shared/domain/template.ts'
import { jcs } from '../../../shared/package/jcs.ts'
import { isOurWorkbook, readTemplateWorkbook } from '../../../shared/tabular/template-read.ts'
import { parseCsv, writeCsv } from '../../../shared/tabular/csv.ts'
import { LIMITS } from '../../../shared/tabular/limits.ts'
import { itemSheet, templateWorkbook } from '../../../shared/tabular/template-write.ts'
import { cells, worksheet, type Cell, type ReadWorkbook, type Workbook } from '../../../shared/tabular/workbook.ts'
import { BASE, arbFullTemplate, errorsOf } from '../../support/template-arbitraries.ts'

const FOLDER = join(import.meta.dirname, '../../../assets/templates')
const builtIn = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, Template] => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Template])

const asRead = ({ sheets }: Workbook): ReadWorkbook => ({
  sheets: sheets.map((s) => ({ ...s, isHidden: false, hiddenRows: [], hiddenColumns: [] })),
  problems: [],
})

/** The workbook after a person has been at it: `change` gets the rows of one sheet. */
function edited(
  template: Template,
  sheet: string,
  change: (rows: Cell[][], at: (head: string) => number) => void,
): ReadWorkbook {
  const book = asRead(templateWorkbook(structuredClone(template)))
  const rows = book.sheets.find((s) => s.name === sheet)?.rows ?? []
  change(rows, (head) => rows[0]?.findIndex((c) => c.value === head) ?? -1)
  return book
}
const input = (value: Cell['value']): Cell => ({ value, style: 'plain' })

describe('a checklist edited in a spreadsheet', () => {
  const [, template] = builtIn.find(([name]) => name === 'industrial.json') ?? ['', BASE]
  const first = template.sections[1]?.items[0]

  test('keeps what was typed: a name, points, a new row', () => {
    const book = edited(template, '评价细则', (rows, at) => {
      const row = rows.find((r) => r[at('编号')]?.value === first?.code) ?? []
      row[at('名称')] = input('改过的名称')
      row[at('满分')] = input('２５')
      const added: Cell[] = []
      added[at('编号')] = input('1.9')
      added[at('类型')] = input('评分')
      added[at('名称')] = input('新增条目')
      added[at('满分')] = input(5)
      rows.splice(
        rows.indexOf(row) + 1,
        0,
        Array.from(added, (cell) => cell ?? input(null)),
      )
    })
    const { content, problems, counts, total } = readTemplateWorkbook(book, BASE)
    expect(content.sections[1]?.items.slice(0, 2)).toMatchObject([
      { id: first?.id, title: { zh: '改过的名称', en: first?.title.en }, full_cp: 2500 },
      { code: '1.9', type: 'points', full_cp: 500, title: { zh: '新增条目' }, spec: { step_cp: 25 } },
    ])
    expect(counts.scored).toBe(53)
    expect(total).toEqual({ found_cp: 101_000, stated_cp: 100_000 })
    expect(problems.map((p) => `${p.sheet} ${p.cell} ${p.code}`)).toEqual(['说明 B11 totalDiffers'])
  })

  test('has every mistake at its cell and opens nevertheless', () => {
    const book = edited(template, '评价细则', (rows, at) => {
      const row = rows.findIndex((r) => r[at('编号')]?.value === first?.code)
      const set = (head: string, value: Cell['value'], n = row) => ((rows[n] as Cell[])[at(head)] = input(value))
      set('满分', '二十')
      set('类型', '合格性')
      set('评价方法', '查阅、瞧瞧')
      set('最少照片', 1.5)
      set('须说明得分率（%）', 60.123)
      set('标识', template.sections[0]?.items[0]?.id ?? '')
      set('编号', first?.code ?? '', row + 1)
    })
    const { content, problems } = readTemplateWorkbook(book, BASE)
    expect(content.sections).toHaveLength(template.sections.length)
    expect(new Set(problems.map((p) => p.code))).toEqual(
      new Set([
        'notANumber',
        'unknownWord',
        'notAWholeNumber',
        'tooManyDecimals',
        'idReplaced',
        'noPoints',
        'duplicateCode',
        'totalDiffers',
      ]),
    )
    expect(problems.filter((p) => p.sheet === '评价细则').every((p) => /^[A-Z]+\d+$/.test(p.cell))).toBe(true)
  })

  test('may have its columns in another order, and sheets and columns of its own', () => {
    const book = edited(template, '评价细则', (rows) => {
      for (const [n, row] of rows.entries()) rows[n] = [input(n === 0 ? '我的备注' : '看'), ...row.toReversed()]
    })
    book.sheets.push({ ...(book.sheets[0] as ReadWorkbook['sheets'][number]), name: '草稿' })
    const { content, problems } = readTemplateWorkbook(book, BASE)
    expect(jcs(content)).toBe(jcs(template))
    expect(problems.map((p) => p.code)).toEqual(['sheetNotUsed'])
  })

  test('as its item table alone, as in CSV, keeps every item', () => {
    const text = writeCsv(itemSheet(template).rows)
    const rows = parseCsv(text, LIMITS)?.map((row) => cells(row)) ?? []
    const book = asRead({ sheets: [worksheet('CSV', rows)] })
    expect(isOurWorkbook(book)).toBe('items')
    const { content } = readTemplateWorkbook(book, BASE)
    const bare = (t: Template) =>
      templateItems(t).map((i) => (i.type === 'indicator' || i.type === 'deduction' ? { ...i, spec: null } : i))
    expect(bare(content)).toEqual(bare(template))
    expect(content.gradeSets).toEqual(BASE.gradeSets)
  })
})

describe('a checklist as tables', () => {
  test.each(builtIn)('%s is the same document again', (_, template) => {
    const book = asRead(templateWorkbook(template))
    expect(isOurWorkbook(book)).toBe('ours')
    const { content, problems } = readTemplateWorkbook(book, BASE)
    expect(problems).toEqual([])
    expect(jcs(content)).toBe(jcs(template))
  })

  test('so is any other', () => {
    fc.assert(
      fc.property(arbFullTemplate, (template) => {
        const { content, problems } = readTemplateWorkbook(asRead(templateWorkbook(template)), BASE)
        expect(problems.map((p) => p.code)).toEqual(errorsOf(template))
        expect(jcs(content)).toBe(jcs(template))
      }),
      { numRuns: 150 },
    )
  })
})
