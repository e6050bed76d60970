import { fullOf, type Item, type Section, type Template } from '../domain/template.ts'
import { wordsOf } from '../report/words.ts'
import { gradeScore, gradesOf } from '../scoring/answer.ts'
import { valueText } from '../text/value.ts'
import { hundredth } from './template-tables.ts'
import { cells, worksheet, type Cell, type Merge, type Workbook } from './workbook.ts'

const HEADS = ['编号', '评价内容', '满分', '判定或得分', '事实、证据与说明']
const WIDTHS = [9, 44, 8, 34, 48]
const BOX = '□'
const ROOM_TO_WRITE = 3

/** A scoring form to print and fill in by hand: A4 across, one row an item, title and heads on every page. */
export function scoreForm(t: Template): Workbook {
  const w = wordsOf('zh')
  const blank = '＿＿＿＿＿＿＿＿'
  const mark = t.sample && !t.title.zh.includes(w.sampleShort) ? `（${w.sampleShort}）` : ''
  const top: Cell[][] = [
    cells([`${t.title.zh}${mark}`], 'title'),
    cells(
      [
        `${w.enterprise}：${blank}${blank}　　${w.visitDates}：${blank}　　专家：${blank}　　编号：${t.number} ${w.edition(t.edition)}`,
      ],
      'note',
    ),
    cells(HEADS, 'head'),
  ]
  const rows = t.sections.flatMap((section) => [headingOf(section), ...section.items.map((item) => itemRow(item, t))])
  const total: Cell[] = cells(['', w.total, hundredth(t.totalFull_cp), '', ''], 'total')
  const all = [...top, ...rows, total, [], cells([`专家签字：${blank}　　日期：${blank}`], 'note')]
  const across = (row: number): Merge => ({ top: row, left: 0, bottom: row, right: HEADS.length - 1 })
  const sheet = worksheet('评分表', all, {
    widths: WIDTHS,
    leastLines: all.map((row) => (row.some((cell) => cell.style === 'input') ? ROOM_TO_WRITE : 1)),
    merges: [across(0), across(1), across(all.length - 1)],
    frozen: { rows: top.length, columns: 0 },
    page: { landscape: true, repeatRows: top.length, header: '', footer: w.page },
  })
  return { sheets: [sheet] }
}

function headingOf(section: Section): Cell[] {
  const full = fullOf(section.items)
  return cells([section.code, section.title.zh, full === 0 ? null : full / 100, '', ''], 'group')
}

function itemRow(item: Item, t: Template): Cell[] {
  const title = `${item.starred ? '★ ' : ''}${item.title.zh}${item.basis === '' ? '' : `\n${item.basis}`}`
  const [code, content, full] = cells([item.code, title, hundredth(item.full_cp)])
  const [box, note] = cells([boxes(item, t), ''], 'input')
  return [code, content, full, box, note].filter((cell) => cell !== undefined)
}

/** What can be ticked or filled in, one line a possibility. */
function boxes(item: Item, t: Template): string {
  const lines =
    item.repeat === null
      ? ways(item, t)
      : [`${item.repeat.what.zh} ${item.repeat.min}～${item.repeat.max}：`, ...ways(item, t)]
  return [...lines, ...(item.allowNA ? [`${BOX} ${wordsOf('zh').outcomes.na}`] : [])].join('\n')
}

function ways(item: Item, t: Template): string[] {
  const word = (value: string) => `${BOX} ${valueText(item, { state: 'answered', value, score: null }, t, 'zh')}`
  switch (item.type) {
    case 'veto':
      return [['pass', 'fail', 'pending'].map((value) => word(value)).join('　')]
    case 'gate':
      return [['yes', 'no'].map((value) => word(value)).join('　')]
    case 'conformity':
      return gradesOf(item, t).map((g, n) => `${BOX} ${g.label.zh}　${gradeScore(item, n, t) / 1_000_000} 分`)
    case 'maturity':
      return ['＿＿＿＿ %（0～100，每 5 一档）']
    case 'points':
      return [`＿＿＿＿ 分（每 ${item.spec.step_cp / 100} 分一档）`]
    case 'deduction':
      return item.spec.list.map((d) => `${d.label.zh}　-${d.points_cp / 100} × ＿＿`)
    case 'indicator':
      return item.spec.rows.length > 0
        ? item.spec.rows.map((r) => `${r.name.zh}：＿＿＿＿ ${r.unit}`)
        : ['实测值：＿＿＿＿']
  }
}
