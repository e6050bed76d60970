import { describe, expect, it } from 'vitest'
import { insertItems, insertParts } from '../../../shared/checklist/bulk.ts'
import { findings } from '../../../shared/checklist/findings.ts'
import { templateItems } from '../../../shared/domain/template.ts'
import { COPIED_FIELDS, copiedRows, pastedItems, readPasted } from '../../../shared/tabular/paste.ts'
import { templateImport } from '../../../shared/text/template-import.ts'
import { templates as words } from '../../../shared/text/templates.ts'
import { conformityItem, pointsItem, templateOf, vetoItem } from '../../support/scoring-factories.ts'

const base = templateOf([[pointsItem('p', 10, 0.5, { code: '1.1' })], [conformityItem('q', 10, { code: '2.1' })]])
const read = (text: string) => {
  const pasted = readPasted(text)
  if (pasted === null) throw new Error('nothing')
  return pasted
}
const items = (text: string) => pastedItems(read(text), 'points', base).parts.flatMap((part) => part.items)
const copied = (own: Parameters<typeof copiedRows>[0], language: 'zh' | 'en' = 'zh') =>
  copiedRows(
    own,
    COPIED_FIELDS.map((field) => templateImport[`field_${field}`][language]),
    (type) => words[`type_${type}`][language],
  )

describe('rows pasted from a spreadsheet', () => {
  it('with their head are read by it', () => {
    const made = items(
      '序号\t检查内容\t分值\t评分标准\r\n3.1\t★质量方针已发布\t20\t缺一项扣5分\r\n3.2\t内审覆盖全部过程\t15\t',
    )
    expect(made.map((item) => [item.code, item.title.zh, item.full_cp, item.starred])).toEqual([
      ['3.1', '质量方针已发布', 2000, true],
      ['3.2', '内审覆盖全部过程', 1500, false],
    ])
    expect(made[0]?.guidance.zh).toBe('缺一项扣5分')
    expect(made[0]?.demand.evidenceAtFull).toBe(true)
  })

  it('without a head are read by their look', () => {
    expect(read('1\t原料进厂检验\t10\n2\t留样管理规范\t5').columns).toEqual({ code: 0, title: 1, points: 2 })
    expect(read('原料进厂检验\n留样管理，规范').columns).toEqual({ title: 0 })
    expect(items('原料进厂检验\n留样管理，规范').map((item) => item.title.zh)).toEqual([
      '原料进厂检验',
      '留样管理，规范',
    ])
  })

  it('keep lines and quotes inside cells', () => {
    expect(items('内容\t分值\n"第一行\n第二行 ""引号"""\t5')[0]?.title.zh).toBe('第一行\n第二行 "引号"')
  })

  it('are parted by tabs alone, whatever their texts hold', () => {
    expect(read('1.1\t水，电, 气, 热; 冷\t5\n1.2\t门, 窗, 墙, 顶\t5').rows).toEqual([
      ['1.1', '水，电, 气, 热; 冷', '5'],
      ['1.2', '门, 窗, 墙, 顶', '5'],
    ])
  })

  it('name the cells that could not be read', () => {
    const { problems, leftOut } = pastedItems(read('内容\t分值\n甲项\t十五左右\n乙项\t5\n\t30'), 'points', base)
    expect(problems.map(({ cell, code }) => [cell, code])).toEqual([
      ['B2', 'noPoints'],
      ['B4', 'noTitle'],
    ])
    expect(leftOut).toBe(1)
  })

  it('that say nothing are nothing', () => {
    expect(readPasted(' \t \n')).toBeNull()
    expect(readPasted('')).toBeNull()
    expect(readPasted('行\n'.repeat(5001))).toBeNull()
  })

  it('go into a section with ids and free codes of their own, behind an item', () => {
    const made = items('1.1\t甲项检查\t10\n9.9\t乙项检查\t10')
    const { content, ids } = insertItems(base, base.sections[0]?.id ?? '', made, { after: 'p', avoid: new Set() })
    expect(content.sections[0]?.items.map((item) => item.code)).toEqual(['1.1', '1.2', '9.9'])
    expect(new Set([...ids, 'p', 'q']).size).toBe(4)
    expect(content.totalFull_cp).toBe(4000)
    const { content: front } = insertItems(base, base.sections[0]?.id ?? '', made, { avoid: new Set() })
    expect(front.sections[0]?.items).toHaveLength(3)
    expect(findings(content).filter((one) => one.severity === 'error')).toEqual([])
  })

  it('are no formulas when they are copied', () => {
    const own = [pointsItem('p', 10, 0.5, { code: '1.1', title: { zh: '=HYPERLINK("http://a.cn")', en: '' } })]
    const text = copied(own)
    expect(text).toContain(`"'=HYPERLINK(`)
    expect(items(text)[0]?.title).toEqual(own[0]?.title)
  })

  it('come back as they were copied', () => {
    const own = templateItems(
      templateOf([
        [
          vetoItem('v', { code: 'V1', title: { zh: '无重大事故', en: '' } }),
          pointsItem('p', 12.5, 0.5, { code: '1.1', starred: true, guidance: { zh: '看\t台账\n和记录', en: '' } }),
        ],
      ]),
    )
    const shown = (all: typeof own) => all.map((i) => [i.code, i.title.zh, i.type, i.full_cp, i.starred, i.guidance.zh])
    for (const language of ['zh', 'en'] as const) expect(shown(items(copied(own, language)))).toEqual(shown(own))
  })

  it('with headings become sections behind the one they are pasted into', () => {
    const text =
      '序号\t内容\t分值\n1\t先行一条\t5\n一、基本条件（30分）\n2\t证照齐全\t10\n3\t厂区整洁\t20\n二、过程\n4\t记录完整\t5'
    const { parts, leftOut, problems } = pastedItems(read(text), 'points', base)
    expect(parts.map((part) => [part.code, part.title, part.items.length])).toEqual([
      ['1', '', 1],
      ['一', '基本条件', 2],
      ['二', '过程', 1],
    ])
    expect({ leftOut, problems }).toEqual({ leftOut: 0, problems: [] })
    const [first] = base.sections
    const { content, ids } = insertParts(base, first?.id ?? '', parts, { after: 'p', avoid: new Set() })
    expect(content.sections.map((one) => [one.code, one.title.zh, one.items.length])).toEqual([
      [first?.code, first?.title.zh, 2],
      ['一', '基本条件', 2],
      ['二', '过程', 1],
      [base.sections[1]?.code, base.sections[1]?.title.zh, 1],
    ])
    expect(ids).toHaveLength(4)
    expect(content.totalFull_cp).toBe(base.totalFull_cp + 4000)
    // A row with words and nothing else is no heading where none is marked as one.
    expect(pastedItems(read('内容\t分值\n甲项\t5\n乙项\t'), 'points', base).parts).toHaveLength(1)
  })
})
