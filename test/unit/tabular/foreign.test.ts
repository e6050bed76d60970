import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readWorkbook } from '../../../electron/tabular/read.ts'
import type { CellProblem, ChecklistMapping } from '../../../shared/contract/template-methods.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { importForeign } from '../../../shared/tabular/foreign.ts'
import { parsePoints } from '../../../shared/tabular/foreign-words.ts'
import { gridOf } from '../../../shared/tabular/grid.ts'
import { guessColumns, guessMapping, headSignature } from '../../../shared/tabular/guess.ts'
import { cells, worksheet, type Workbook } from '../../../shared/tabular/workbook.ts'
import { isXlsForm, readXlsForm } from '../../../shared/tabular/xlsform.ts'
import { BASE } from '../../support/template-arbitraries.ts'
import { oddWorkbook, rowsWorkbook } from '../../support/odd-workbook.ts'

function gridsOf({ sheets }: Workbook) {
  const problems: CellProblem[] = []
  return sheets.map((s) => gridOf({ ...s, isHidden: false, hiddenRows: [], hiddenColumns: [] }, problems))
}
function imported(workbook: Workbook, change: Partial<ChecklistMapping> = {}) {
  const grids = gridsOf(workbook)
  const guess = guessMapping(grids, '表.xlsx')
  if (guess === null) throw new Error('nothing guessed')
  const mapping = { ...guess, ...change }
  return { mapping, ...importForeign(grids, mapping, BASE, []) }
}

describe('points', () => {
  test.each([
    ['10', 1000, null],
    ['10分', 1000, null],
    ['１０', 1000, null],
    ['1,000.5', 100_050, null],
    ['3/1/0', 300, [300, 100, 0]],
    ['0、5、10分', 1000, [1000, 500, 0]],
    ['0-10', 1000, null],
    ['0～10分', 1000, null],
    ['满分10分', 1000, null],
    ['（5分）', 500, null],
    ['10 points', 1000, null],
    ['10%', 1000, null],
  ])('%s', (text, full_cp, grades) => expect(parsePoints(text)).toMatchObject({ full_cp, grades }))

  test.each(['若干', '', '-5', '扣5分', '10.005', 'x'.repeat(5000)])('none in %j', (text) =>
    expect(parsePoints(text)).toBeNull(),
  )
})

describe('heads', () => {
  test('are known by Chinese and English words', () => {
    expect(guessColumns(['序号', '条款号', '评价要求', '标准分', '实得分', '评分标准', '依据', '检查方法'])).toEqual({
      code: 1,
      title: 2,
      points: 3,
      guidance: 5,
      basis: 6,
      method: 7,
    })
    expect(guessColumns(['Ref', 'Section', 'Requirement', 'Max score', 'Actual score', 'Notes'])).toEqual({
      code: 0,
      sectionTitle: 1,
      title: 2,
      points: 3,
      guidance: 5,
    })
    expect(guessColumns(['评价项目', '分值'])).toEqual({ title: 0, points: 1 })
  })

  test('of two rows with merged cells are one', () => {
    const rows = [
      cells(['序号', '评价内容', '分数', '', '备注']),
      cells(['', '', '标准分', '实得分', '']),
      cells(['1', '目标', '10', '', '']),
    ]
    const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right })
    const merges = [area(0, 0, 1, 0), area(0, 1, 1, 1), area(0, 2, 0, 3), area(0, 4, 1, 4)]
    const { mapping, content } = imported({ sheets: [worksheet('a', rows, { merges })] })
    expect(mapping).toMatchObject({ headRow: 0, firstRow: 2, columns: { code: 0, title: 1, points: 2 } })
    expect(templateItems(content)).toMatchObject([{ full_cp: 1000, title: { zh: '目标' } }])
  })

  test('are told apart by their words, not by spaces and width', () => {
    const [a, b, c] = gridsOf({
      sheets: [
        ['序号', '分值'],
        ['序 号', '分值 '],
        ['序号', '得分'],
      ].map((h, n) => worksheet(String(n), [cells(h)])),
    }).map((grid) => headSignature(grid, 0, 1))
    expect(b).toBe(a)
    expect(c).not.toBe(a)
  })
})

describe('a table from anywhere', () => {
  test('becomes a checklist, and everything odd is said at its cell', () => {
    const { mapping, content, problems, counts, total } = imported(oddWorkbook())
    expect(mapping).toMatchObject({ headRow: 2, firstRow: 3, sections: 'columns', number: 'QB-2025-07' })
    expect(mapping.title).toBe('质量品牌企业现场评价表')
    expect(content.sections.map((s) => [s.code, s.title.zh, s.items.length])).toEqual([
      ['一', '质量管理', 4],
      ['二', '过程控制', 3],
    ])
    expect(templateItems(content)).toMatchObject([
      { code: '一.1', type: 'points', full_cp: 1000, methods: ['document'] },
      { code: '一.2', full_cp: 1000, starred: true, title: { zh: '管理评审按计划开展' } },
      { code: '一.3', type: 'conformity', full_cp: 500, spec: { points_cp: [500, 300, 0] } },
      { code: '一.4', full_cp: 500, methods: [], guidance: { zh: '随机抽3份' } },
      { code: '二.1', full_cp: 100_050 },
      { code: '二.2', type: 'veto', full_cp: null },
      { code: '二.4', full_cp: 0 },
    ])
    expect(problems.map((p) => `${p.cell} ${p.code} ${p.severity}`)).toEqual([
      'G3 columnNotUsed warning',
      ' sheetNotUsed warning',
      'F7 methodKept warning',
      'D7 range warning',
      'A9 repeatedHead error',
      'A12 noTitle error',
      'D13 noPoints warning',
      'A15 remark error',
      'A3 codesPrefixed warning',
      'D14 totalDiffers warning',
    ])
    expect(counts).toEqual({ sections: 2, scored: 6, veto: 1, gate: 0, leftOut: 3 })
    expect(total).toEqual({ found_cp: 103_050, stated_cp: 103_150 })
  })

  test('may have its sections as rows', () => {
    const { mapping, content, problems, total } = imported(rowsWorkbook())
    expect(mapping.sections).toBe('rows')
    expect(content.sections.map((s) => [s.code, s.title.zh, s.items.map((i) => i.code)])).toEqual([
      ['1', 'Leadership', ['1.1', '1.2']],
      ['2', 'Support', ['2.1']],
    ])
    expect(problems).toEqual([])
    expect(total).toEqual({ found_cp: 4500, stated_cp: 4500 })
  })

  test('loses no row: every filled one is an item, a section, a sum or left out with a word', () => {
    for (const workbook of [oddWorkbook(), rowsWorkbook()]) {
      const { mapping, content, problems, counts } = imported(workbook)
      const filled = (workbook.sheets[0]?.rows ?? [])
        .slice(mapping.firstRow)
        .filter((r) => r.some((c) => c.value !== null))
      const sums = filled.filter((r) => r.some((c) => /^(合计|小计|Total)$/.test(String(c.value)))).length
      const headings = mapping.sections === 'rows' ? content.sections.length : 0
      expect(templateItems(content).length + headings + sums + counts.leftOut).toBe(filled.length)
      expect(problems.filter((p) => p.severity === 'error')).toHaveLength(counts.leftOut)
    }
  })

  test('with nothing in it says so', () => {
    const { problems, counts } = imported({ sheets: [worksheet('a', [cells(['编号', '内容', '分值'])])] })
    expect(counts.scored).toBe(0)
    expect(problems.map((p) => `${p.cell} ${p.code}`)).toContain('B2 noItems')
    expect(guessMapping(gridsOf({ sheets: [worksheet('a', [cells(['a', 'b'])])] }), 'a.xlsx')).toBeNull()
  })
})

describe('an XLSForm', () => {
  const form: Workbook = {
    sheets: [
      worksheet('survey', [
        cells(['type', 'name', 'label::Chinese (zh)', 'label::English (en)', 'hint', 'constraint', 'points']),
        cells(['start', 'start', '', '', '', '', '']),
        cells(['begin_group', 'g1', '领导作用', 'Leadership', '', '', '']),
        cells(['select_one level', 'q1', '方针明确', 'Policy is clear', '看文件', '', '10']),
        cells(['integer', 'q2', '培训次数', 'Trainings', '', '. >= 0 and . <= 20', '']),
        cells(['end_group', '', '', '', '', '', '']),
        cells(['text', 'q3', '说说看', '', '', '', '']),
        cells(['decimal', 'q4', '能耗', '', '', '', '']),
      ]),
      worksheet('choices', [
        cells(['list_name', 'name', 'label::Chinese (zh)']),
        cells(['level', 'good', '好']),
        cells(['level', 'fair', '中']),
        cells(['level', 'poor', '差']),
        cells(['level', 'na', '不适用']),
      ]),
      worksheet('settings', [cells(['form_title', 'form_id']), cells(['现场检查', 'F-1'])]),
    ],
  }

  test('becomes a checklist; what nobody can score is left out with a word', () => {
    const grids = gridsOf(form)
    expect(isXlsForm(grids)).toBe(true)
    const { content, problems, counts } = readXlsForm(grids, BASE, [])
    expect(content).toMatchObject({ number: 'F-1', title: { zh: '现场检查' } })
    expect(templateItems(content)).toMatchObject([
      {
        type: 'conformity',
        full_cp: 1000,
        allowNA: true,
        title: { zh: '方针明确', en: 'Policy is clear' },
        guidance: { zh: '看文件' },
      },
      { type: 'points', full_cp: 2000, spec: { step_cp: 100 } },
      { type: 'points', full_cp: 0 },
    ])
    expect(content.gradeSets.at(-1)?.grades.map((g) => [g.label.zh, g.bp])).toEqual([
      ['好', 10_000],
      ['中', 5000],
      ['差', 0],
    ])
    expect(problems.map((p) => `${p.cell} ${p.code}`)).toEqual([
      'A2 notScorable',
      'A4 gradesMade',
      'A7 notScorable',
      'G8 noPoints',
    ])
    expect(counts.leftOut).toBe(2)
  })
})

test('a tick in a column of vetoes is a veto, one in a column of key items is not', () => {
  const sheet = (mark: string) =>
    imported({
      sheets: [
        worksheet('表', [
          cells(['序号', '检查内容', '检查方法', '分值', mark, '备注']),
          cells(['1', '许可证有效', '查证照原件', '', '是', '现场核对']),
          cells(['2', '检验记录完整', '查阅记录', 10, '否', '']),
        ]),
      ],
    })
  const [first, second] = templateItems(sheet('否决项').content)
  expect(first).toMatchObject({ type: 'veto', methods: ['document'], guidance: { zh: '现场核对\n查证照原件' } })
  expect(second).toMatchObject({ type: 'points', methods: ['document'], guidance: { zh: '' } })
  expect(templateItems(sheet('关键项').content)[0]).toMatchObject({ type: 'points', starred: true })
})

describe('a file another program wrote', () => {
  async function fromFile(name: string) {
    const path = join(import.meta.dirname, '../../fixtures/workbooks', name)
    const read = await readWorkbook(path, { signal: new AbortController().signal, progress: () => {} })
    if (!read.ok) throw new Error(read.failure.code)
    const problems = [...read.value.problems]
    const grids = read.value.sheets.map((sheet) => gridOf(sheet, problems))
    const mapping = guessMapping(grids, name)
    if (mapping === null) throw new Error('nothing guessed')
    return importForeign(grids, mapping, BASE, problems)
  }

  test('with formulas that were worked out', async () => {
    const { content, problems, total } = await fromFile('libreoffice.xlsx')
    expect(content.sections.map((s) => [s.code, s.title.zh, s.items.map((i) => i.full_cp)])).toEqual([
      ['一', '基础管理', [1000, 1000, 1000]],
      ['二', '现场', [500, 500]],
    ])
    expect(templateItems(content).map((i) => i.starred)).toEqual([false, false, true, false, false])
    expect(templateItems(content)[3]?.guidance.zh).toBe('')
    // The cell with 10分 is a text: the program's own sum passes it over.
    expect(total).toEqual({ found_cp: 4000, stated_cp: 3000 })
    expect(problems.map((p) => `${p.cell} ${p.code} ${p.value}`.trim())).toEqual([
      'A7 hiddenRows 1',
      'hiddenSheet 1',
      'F2 columnNotUsed 备注',
      'sheetNotUsed 旧版',
      'D8 totalDiffers 30 ≠ 40',
    ])
  })

  test('with formulas nobody worked out', async () => {
    const { content, problems, total } = await fromFile('openpyxl.xlsx')
    expect(templateItems(content)[2]?.full_cp).toBe(0)
    expect(total).toEqual({ found_cp: 3000, stated_cp: null })
    const codes = problems.map((p) => `${p.cell} ${p.code}`)
    expect(codes).toEqual(
      expect.arrayContaining([
        'D5 formulaWithoutValue',
        'D8 formulaWithoutValue',
        'D5 noPoints',
        'D8 totalWithoutNumber',
      ]),
    )
  })
})

test('a band merged over the whole table names its section and is no item; one that names none is reported', () => {
  const band = (row: number) => ({ top: row, left: 0, bottom: row, right: 3 })
  const rows = [
    ['序号', '一级指标', '评价内容', '分值'],
    ['否决项', '', '', ''],
    ['F1', '否决项', '证照有效', '否决'],
    ['第一部分', '', '', ''],
    ['1', '质量管理', '目标分解到部门', '10'],
  ]
  const merges = [band(1), band(3)]
  const { content, problems } = imported({
    sheets: [
      worksheet(
        'a',
        rows.map((row) => cells(row)),
        { merges },
      ),
    ],
  })
  expect(content.sections.map((s) => [s.title.zh, s.items.map((i) => [i.code, i.type])])).toEqual([
    ['否决项', [['F1', 'veto']]],
    ['质量管理', [['1', 'points']]],
  ])
  expect(problems.filter((p) => p.code === 'remark')).toMatchObject([{ value: '第一部分', severity: 'error' }])
})
