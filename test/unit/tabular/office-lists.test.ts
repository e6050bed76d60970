import { describe, expect, it } from 'vitest'
import { findings } from '../../../shared/checklist/findings.ts'
import type { CellProblem, ChecklistMapping } from '../../../shared/contract/template-methods.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { importForeign } from '../../../shared/tabular/foreign.ts'
import { gridOf } from '../../../shared/tabular/grid.ts'
import { guessMapping } from '../../../shared/tabular/guess.ts'
import { cells, worksheet, type Merge } from '../../../shared/tabular/workbook.ts'
import { pointsItem, templateOf } from '../../support/scoring-factories.ts'
import { BASE } from '../../support/template-arbitraries.ts'

type Row = (string | number)[]
function imported(rows: Row[], merges: Merge[] = [], change: Partial<ChecklistMapping> = {}) {
  const problems: CellProblem[] = []
  const sheet = worksheet(
    '表',
    rows.map((row) => cells(row)),
    { merges },
  )
  const grids = [gridOf({ ...sheet, isHidden: false, hiddenRows: [], hiddenColumns: [] }, problems)]
  const mapping = guessMapping(grids, '表.xlsx')
  if (mapping === null) throw new Error('nothing guessed')
  return { mapping, ...importForeign(grids, { ...mapping, ...change }, BASE, problems) }
}
const across = (row: number, right: number): Merge => ({ top: row, left: 0, bottom: row, right })

describe('checklists as offices keep them', () => {
  it('blanks to fill in over the head, headings merged over the table, a column between them and the item, lines to sign', () => {
    const rows: Row[] = [
      ['××市企业现场评价评分表', '', '', '', '', ''],
      ['企业名称：______', '', '', '评价日期：____年__月__日', '', ''],
      ['序号', '评价项目', '评价内容', '评分', '', '评价方法'],
      ['', '', '', '分值', '评分标准', ''],
      ['一、基本条件（30分）', '', '', '', '', ''],
      [1, '营业执照', '证照在有效期内', 10, '缺一项扣5分', '查阅'],
      [2, '厂区环境', '厂区周围无污染源', 20, '', '现场查看'],
      ['二、否决项', '', '', '', '', ''],
      [3, '弄虚作假', '提供的资料真实', '否决项', '', '查证'],
      ['合计', '', '', 30, '', ''],
      ['评价专家签字：', '', '', '', '日期：', ''],
    ]
    const merges = [across(0, 5), across(1, 2), across(4, 5), across(7, 5)]
    const head = [0, 1, 2, 5].map((left) => ({ top: 2, left, bottom: 3, right: left }))
    const { mapping, content, problems } = imported(rows, [...merges, ...head, { ...across(2, 4), left: 3 }])
    expect(mapping).toMatchObject({ headRow: 2, firstRow: 4, sections: 'rows', columns: { group: 1, title: 2 } })
    expect(content.sections.map((s) => [s.code, s.title.zh, s.items.map((i) => [i.title.zh, i.type])])).toEqual([
      [
        '一',
        '基本条件',
        [
          ['营业执照：证照在有效期内', 'points'],
          ['厂区环境：厂区周围无污染源', 'points'],
        ],
      ],
      ['二', '否决项', [['弄虚作假：提供的资料真实', 'veto']]],
    ])
    expect(problems.map((p) => `${p.cell} ${p.code}`)).toEqual(['A11 remark'])
    // Without those headings the same column names the sections.
    const bare = imported(rows.filter((_, n) => n !== 4 && n !== 7 && n !== 8))
    expect(bare.mapping.columns).toMatchObject({ sectionTitle: 1, title: 2 })
  })

  it('points to look at beside how they are scored', () => {
    const { mapping } = imported([
      ['一级指标', '二级指标', '编号', '评价要点', '满分', '评分标准'],
      ['服务能力', '设施', 'A1', '服务场所整洁', 10, '优10分，良8分'],
    ])
    expect(mapping.columns).toEqual({ sectionTitle: 0, group: 1, code: 2, title: 3, points: 4, guidance: 5 })
  })

  it('a heading in the column of numbers, with the points it states', () => {
    const { content, problems } = imported([
      ['序号', '评价内容', '分值'],
      ['一、基本条件（30分）', '', ''],
      ['1', '证照齐全', 10],
      ['2', '厂区整洁', 15],
    ])
    expect(content.sections.map((s) => [s.code, s.title.zh, s.items.length])).toEqual([['一', '基本条件', 2]])
    expect(problems.map((p) => `${p.code} ${p.value}`)).toEqual(['sectionSumDiffers 30 ≠ 25'])
  })

  it('points under grades: those of the best are full marks; ticks to be made are no points', () => {
    const head = ['序号', '检查内容', '符合', '基本符合', '不符合', '检查记录']
    const { mapping, content } = imported([head, ['1', '文件齐全', 5, 3, 0, ''], ['2', '目标分解', 10, 6, 0, '']])
    expect(mapping).toMatchObject({ type: 'conformity', columns: { points: 2 } })
    expect(content.totalFull_cp).toBe(1500)
    expect(imported([head, ['1', '文件齐全', '', '', '', '']]).mapping.columns.points).toBeUndefined()
  })

  it('codes nobody can tell apart are said at their cells', () => {
    const { problems, content } = imported([
      ['编号', '评价内容', '分值'],
      ['A1', '证照齐全', 10],
      ['a1', '厂区整洁', 10],
      ['Ａ２', '记录完整', 10],
    ])
    expect(problems.map((p) => `${p.cell} ${p.code} ${p.value} ${p.severity}`)).toEqual([
      'B3 codesAlike a1 ≈ A1 warning',
    ])
    expect(templateItems(content).map((i) => i.code)).toEqual(['A1', 'a1', 'Ａ２'])
  })

  it('more items than there is room for are left out with one word', () => {
    const rows = Array.from({ length: 5010 }, (_, n): Row => [`${n + 1}`, `条目${n + 1}`, 1])
    const { counts, problems } = imported([['编号', '评价内容', '分值'], ...rows, ['合计', '', 5010]])
    expect(counts).toMatchObject({ scored: 5000, leftOut: 10 })
    expect(problems.map((p) => `${p.cell} ${p.code} ${p.value}`)).toEqual([
      'A5002 tooManyItems 10',
      'C5012 totalDiffers 5010 ≠ 5000',
    ])
  })
})

it('codes alike are a warning of the checklist; clearly different ones and the same one twice are not', () => {
  const of = (...codes: string[]) =>
    findings(templateOf([codes.map((code, n) => pointsItem(`p${n}`, 10, 0.5, { code }))])).filter((f) =>
      ['codesAlike', 'duplicateCode'].includes(f.code),
    )
  expect(of('1-1', '1－1')).toMatchObject([
    { path: 'items.p1.code', code: 'codesAlike', message: '1－1 ≈ 1-1', severity: 'warning' },
  ])
  expect(of('1-1', '1.1', '11')).toEqual([])
  expect(of('A1', 'A1')).toMatchObject([{ code: 'duplicateCode' }])
})
