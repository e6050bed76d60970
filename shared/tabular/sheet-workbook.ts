import type { Answer, Nonconformity, Sheet } from '../domain/sheet.ts'
import { indicatorRows, type Member, type Task } from '../domain/task.ts'
import { templateItems, type Template } from '../domain/template.ts'
import { wordsOf } from '../report/words.ts'
import { whySheet, type WhySheet } from '../scoring/why-sheet.ts'
import { checklist } from '../text/checklist.ts'
import { valueText } from '../text/value.ts'
import { tableSheet, type Column } from './table.ts'
import { fullCell, pointsCell, rateCell } from './score-cells.ts'
import { scoreReason } from './why-words.ts'
import { cells, worksheet, type Cell, type Workbook, type Worksheet } from './workbook.ts'

/** One expert's own sheet, sealed or still open. */
export type OwnSheet = {
  task: Task
  template: Template
  member: Member
  answers: readonly Answer[]
  sections: Sheet['sections']
  nonconformities: readonly Nonconformity[]
  revision: number
  isSealed: boolean
}

/** The person's own sheet with the reason of every number: totals, answers in template order, nonconformities, words of the sections. */
export function sheetWorkbook(own: OwnSheet): Workbook {
  const why = whySheet(own.template, own.task, own.member, own.answers)
  return {
    sheets: [
      totalsSheet(own, why),
      answersSheet(own, why),
      tableSheet('不符合项', nonconformityColumns(own.template), own.nonconformities),
      tableSheet('章节小结', summaryColumns(own.template), own.sections),
    ],
  }
}

const HEADER = (task: Task, name: string): string => `${task.enterprise.name} · ${name}`

function totalsSheet({ task, template, member, revision, isSealed }: OwnSheet, why: WhySheet): Worksheet {
  const w = wordsOf('zh')
  const { totals, leftOut, bonus } = why
  const pair = (label: string, cell: Cell): Cell[] => [...cells([label], 'group'), cell]
  const text = (value: string): Cell => ({ value, style: 'plain' })
  const heads = [w.section, '名称', w.got, w.bonus, w.applicable, w.full, `${w.rate}（%）`]
  const sections = why.sections.map((s, n): Cell[] => [
    ...cells([template.sections[n]?.code ?? '', template.sections[n]?.title.zh ?? '']),
    pointsCell(s.base),
    pointsCell(s.bonus),
    pointsCell(s.applicable),
    pointsCell(s.full),
    rateCell(s.rate_bp),
  ])
  const rows: Cell[][] = [
    cells([`${task.enterprise.name} ${member.name} 评分表`], 'title'),
    pair(w.taskNumber, text(task.number)),
    pair(w.template, text(`${template.title.zh} ${template.number} ${w.edition(template.edition)}`)),
    pair(w.state, text(isSealed ? `已签发（第 ${revision} 版）` : '尚未签发')),
    pair(w.converted, pointsCell(totals.converted)),
    pair(w.base, pointsCell(totals.base)),
    pair(w.bonus, pointsCell(totals.bonus)),
    pair(w.applicable, pointsCell(totals.applicable)),
    pair(w.totalFull, pointsCell(totals.totalFull)),
    pair(`${w.rate}（%）`, rateCell(totals.rate_bp)),
    pair('不适用的分值', pointsCell(leftOut.na)),
    pair('回避的分值', pointsCell(leftOut.abstain)),
    pair('未判定的分值', pointsCell(leftOut.unanswered)),
    ...(bonus.cap === null ? [] : [pair('加分上限', pointsCell(bonus.cap))]),
    [],
    cells(heads, 'head'),
    ...sections,
    [
      ...cells([w.total, ''], 'total'),
      pointsCell(totals.base, 'total'),
      pointsCell(totals.bonus, 'total'),
      pointsCell(totals.applicable, 'total'),
      pointsCell(totals.totalFull, 'total'),
      rateCell(totals.rate_bp, 'total'),
    ],
  ]
  return worksheet('汇总', rows, {
    widths: [16, 40, 12, 12, 12, 12, 12],
    merges: [{ top: 0, left: 0, bottom: 0, right: heads.length - 1 }],
    page: { landscape: false, repeatRows: 0, header: HEADER(task, member.name), footer: w.page },
  })
}

function answersSheet({ task, template, member, answers }: OwnSheet, why: WhySheet): Worksheet {
  const w = wordsOf('zh')
  const items = new Map(templateItems(template).map((i) => [i.id, i]))
  const records = new Map(answers.map((a) => [a.item, a]))
  const heads = ['编号', '评价内容', '满分', '结果', '得分', '得分由来', '理由', '说明', '事实', '佐证']
  const rows = why.sections.flatMap((section, n): Cell[][] => {
    const { code = '', title } = template.sections[n] ?? {}
    const head: Cell[] = [
      ...cells([code, title?.zh ?? ''], 'group'),
      pointsCell(section.full, 'group'),
      ...cells([''], 'group'),
      pointsCell(section.base, 'group'),
      ...cells(['', '', '', '', ''], 'group'),
    ]
    const lines = section.items.flatMap((entry): Cell[][] => {
      const item = items.get(entry.item)
      const record = records.get(entry.item)
      if (item === undefined) return []
      const shown =
        entry.state === 'unanswered'
          ? checklist.unanswered.zh
          : valueText(item, { ...entry, state: entry.state }, template, 'zh')
      return [
        [
          ...cells([item.code, item.title.zh]),
          fullCell(item),
          ...cells([shown]),
          pointsCell(entry.score),
          ...cells([
            scoreReason(item, entry, indicatorRows(task, item), template),
            entry.reason,
            record?.note ?? '',
            record?.facts ?? '',
            proofOf(record),
          ]),
        ],
      ]
    })
    return lines.length === 0 ? [] : [head, ...lines]
  })
  return worksheet('评分', [cells(heads, 'head'), ...rows], {
    widths: [9, 40, 9, 12, 10, 34, 24, 34, 34, 30],
    frozen: { rows: 1, columns: 2 },
    page: { landscape: true, repeatRows: 1, header: HEADER(task, member.name), footer: w.page },
  })
}

function proofOf(answer: Answer | undefined): string {
  if (answer === undefined) return ''
  const documents = answer.documents.map((d) => [d.name, d.number, d.date].filter((part) => part !== '').join(' '))
  const samples = answer.samples.map((s) => [s.id, s.result].filter((part) => part !== '').join('：'))
  const pictures = answer.media.length > 0 ? [`照片、文件 ${answer.media.length} 份`] : []
  return [...documents, ...samples, ...pictures, answer.noEvidence].filter((part) => part !== '').join('\n')
}

function nonconformityColumns(t: Template): Column<Nonconformity>[] {
  const w = wordsOf('zh')
  const codes = new Map(templateItems(t).map((i) => [i.id, i.code]))
  return [
    { head: w.item, width: 9, of: (n) => (n.item === null ? '' : (codes.get(n.item) ?? n.item)) },
    { head: w.kind, width: 12, of: (n) => w.ncKinds[n.kind] },
    { head: w.requirement, width: 40, of: (n) => n.requirement },
    { head: w.evidence, width: 50, of: (n) => n.evidence },
    { head: w.where, width: 16, of: (n) => n.where },
    { head: w.when, width: 16, of: (n) => n.when },
    { head: w.sample, width: 16, of: (n) => n.sample },
    { head: w.confirmedBy, width: 14, of: (n) => n.confirmedBy },
    { head: w.state, width: 12, of: (n) => w.ncStates[n.state] },
  ]
}

function summaryColumns(t: Template): Column<Sheet['sections'][number]>[] {
  const w = wordsOf('zh')
  const names = new Map(t.sections.map((s) => [s.id, `${s.code} ${s.title.zh}`]))
  return [
    { head: w.section, width: 26, of: (s) => names.get(s.section) ?? s.section },
    { head: w.facts, width: 50, of: (s) => s.facts },
    { head: w.strengths, width: 40, of: (s) => s.strengths },
    { head: w.gaps, width: 40, of: (s) => s.gaps },
    { head: w.suggestions, width: 40, of: (s) => s.suggestions },
  ]
}
