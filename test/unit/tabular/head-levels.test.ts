import { describe, expect, it } from 'vitest'
import { importForeign } from '../../../shared/tabular/foreign.ts'
import { gridOf } from '../../../shared/tabular/grid.ts'
import { findHead, guessMapping, headTexts } from '../../../shared/tabular/guess.ts'
import { cells, worksheet, type Merge } from '../../../shared/tabular/workbook.ts'
import { industrialTemplate } from '../../support/sample-task.ts'

const grid = (rows: (string | number)[][], merges: Merge[] = []) =>
  gridOf(
    {
      ...worksheet(
        '表',
        rows.map((row) => cells(row)),
        { merges },
      ),
      isHidden: false,
      hiddenRows: [],
      hiddenColumns: [],
    },
    [],
  )

function read(rows: (string | number)[][], merges: Merge[] = []) {
  const sheet = grid(rows, merges)
  const mapping = guessMapping([sheet], '表.xlsx')
  if (mapping === null) throw new Error('no head')
  return importForeign([sheet], mapping, industrialTemplate(), []).content.sections.map((section) => ({
    code: section.code,
    title: section.title.zh,
    items: section.items.map((item) => item.title.zh),
  }))
}

describe('tables of three levels', () => {
  it('in columns keep the middle one with the item', () => {
    expect(
      read([
        ['一级指标', '二级指标', '三级指标', '分值'],
        ['质量管理', '体系', '方针已发布', 10],
        ['', '体系', '体系', 10],
        ['过程控制', '检验', '检验记录可追溯', 20],
      ]).map(({ title, items }) => [title, items]),
    ).toEqual([
      ['质量管理', ['体系：方针已发布', '体系']],
      ['过程控制', ['检验：检验记录可追溯']],
    ])
  })

  it('in two columns are as before: the second is the item', () => {
    expect(
      read([
        ['一级指标', '二级指标', '分值'],
        ['质量管理', '方针已发布', 10],
        ['', '内审', 10],
      ]).map(({ title, items }) => [title, items]),
    ).toEqual([['质量管理', ['方针已发布', '内审']]])
  })

  it('as headings under headings keep all of them, and no section is left empty', () => {
    const sections = read([
      ['编号', '检查内容', '分值'],
      ['', '一、质量管理', ''],
      ['', '（一）体系', ''],
      ['1', '方针已发布', 10],
      ['', '（二）改进', ''],
      ['2', '内审覆盖全部过程', 10],
      ['', '二、过程控制', ''],
      ['', '（一）检验', ''],
      ['3', '检验记录可追溯', 10],
    ])
    expect(sections.map(({ title }) => title)).toEqual(['质量管理 › 体系', '质量管理 › 改进', '过程控制 › 检验'])
    expect(new Set(sections.map(({ code }) => code)).size).toBe(3)
    expect(sections.map(({ items }) => items.length)).toEqual([1, 1, 1])
  })

  it('a head of three rows is read to its last', () => {
    const rows = [
      ['序号', '检查', '检查', '评分', '评分', '备注'],
      ['', '检查内容', '检查方法', '分值', '分值', ''],
      ['', '', '', '满分', '评分标准', ''],
      ['1', '方针已发布', '查阅', 10, '缺一项扣5分', ''],
    ]
    const merges: Merge[] = [
      { top: 0, left: 1, bottom: 0, right: 2 },
      { top: 0, left: 3, bottom: 0, right: 4 },
      { top: 1, left: 3, bottom: 1, right: 4 },
    ]
    const sheet = grid(rows, merges)
    const head = findHead(sheet)
    expect(head).toMatchObject({ headRow: 0, firstRow: 3 })
    expect(headTexts(sheet, 0, 3)[3]).toBe('评分 分值 满分')
    expect(head?.columns).toMatchObject({ title: 1, method: 2, points: 3, guidance: 4 })
  })
})
