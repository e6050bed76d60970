import type { Answer, Nonconformity, Sheet } from '../domain/sheet.ts'
import { indicatorRows, type Member, type Task } from '../domain/task.ts'
import { templateItems, type Template } from '../domain/template.ts'
import { templateText } from '../report/front.ts'
import type { Language } from '../report/model.ts'
import { whySheet, type WhySheet } from '../scoring/why-sheet.ts'
import { checklist } from '../text/checklist.ts'
import { valueText } from '../text/value.ts'
import { tongueOf, type Tongue } from './language.ts'
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
export function sheetWorkbook(sheet: OwnSheet, language: Language): Workbook {
  const own = { ...sheet, ...tongueOf(language) }
  const why = whySheet(own.template, own.task, own.member, own.answers)
  return {
    sheets: [
      totalsSheet(own, why),
      answersSheet(own, why),
      tableSheet(own.t('nonconformities'), nonconformityColumns(own), own.nonconformities),
      tableSheet(own.t('summaries'), summaryColumns(own), own.sections),
    ],
  }
}

type Own = OwnSheet & Tongue

const HEADER = (task: Task, name: string): string => `${task.enterprise.name} · ${name}`

function totalsSheet(own: Own, why: WhySheet): Worksheet {
  const { task, member, revision, isSealed, w, t } = own
  const { totals, leftOut, bonus } = why
  const pair = (label: string, cell: Cell): Cell[] => [...cells([label], 'group'), cell]
  const text = (value: string): Cell => ({ value, style: 'plain' })
  const heads = [w.section, t('name'), w.got, w.bonus, w.applicable, w.full, t('percentOf', { what: w.rate })]
  const sections = why.sections.map((s, n): Cell[] => [
    ...cells(nameOf(own, n)),
    pointsCell(s.base),
    pointsCell(s.bonus),
    pointsCell(s.applicable),
    pointsCell(s.full),
    rateCell(s.rate_bp),
  ])
  const rows: Cell[][] = [
    cells([t('sheetTitle', { enterprise: task.enterprise.name, name: member.name })], 'title'),
    pair(w.taskNumber, text(task.number)),
    pair(w.template, text(templateText(own))),
    pair(w.state, text(isSealed ? t('sealed', { n: revision }) : t('open'))),
    pair(w.converted, pointsCell(totals.converted)),
    pair(w.base, pointsCell(totals.base)),
    pair(w.bonus, pointsCell(totals.bonus)),
    pair(w.applicable, pointsCell(totals.applicable)),
    pair(w.totalFull, pointsCell(totals.totalFull)),
    pair(t('percentOf', { what: w.rate }), rateCell(totals.rate_bp)),
    pair(t('naPoints'), pointsCell(leftOut.na)),
    pair(t('abstainPoints'), pointsCell(leftOut.abstain)),
    pair(t('unansweredPoints'), pointsCell(leftOut.unanswered)),
    ...(bonus.cap === null ? [] : [pair(t('bonusCap'), pointsCell(bonus.cap))]),
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
  return worksheet(t('totals'), rows, {
    widths: [16, 40, 12, 12, 12, 12, 12],
    merges: [{ top: 0, left: 0, bottom: 0, right: heads.length - 1 }],
    page: { landscape: false, repeatRows: 0, header: HEADER(task, member.name), footer: w.page },
  })
}

function nameOf({ template, say }: Own, section: number): [string, string] {
  const found = template.sections[section]
  return found === undefined ? ['', ''] : [found.code, say(found.title)]
}

const ANSWER_HEADS = [
  'code',
  'content',
  'full',
  'result',
  'got',
  'whyHead',
  'reason',
  'note',
  'facts',
  'proof',
] as const

function answersSheet(own: Own, why: WhySheet): Worksheet {
  const { task, template, member, answers, w, t, say, language } = own
  const items = new Map(templateItems(template).map((i) => [i.id, i]))
  const records = new Map(answers.map((a) => [a.item, a]))
  const heads = ANSWER_HEADS.map((head) => t(head))
  const rows = why.sections.flatMap((section, n): Cell[][] => {
    const head: Cell[] = [
      ...cells(nameOf(own, n), 'group'),
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
          ? checklist.unanswered[language]
          : valueText(item, { ...entry, state: entry.state }, template, language)
      return [
        [
          ...cells([item.code, say(item.title)]),
          fullCell(item),
          ...cells([shown]),
          pointsCell(entry.score),
          ...cells([
            scoreReason(own, item, entry, indicatorRows(task, item)),
            entry.reason,
            record?.note ?? '',
            record?.facts ?? '',
            proofOf(own, record),
          ]),
        ],
      ]
    })
    return lines.length === 0 ? [] : [head, ...lines]
  })
  return worksheet(t('answers'), [cells(heads, 'head'), ...rows], {
    widths: [9, 40, 9, 12, 10, 34, 24, 34, 34, 30],
    frozen: { rows: 1, columns: 2 },
    page: { landscape: true, repeatRows: 1, header: HEADER(task, member.name), footer: w.page },
  })
}

function proofOf({ w, t }: Tongue, answer: Answer | undefined): string {
  if (answer === undefined) return ''
  const documents = answer.documents.map((d) => [d.name, d.number, d.date].filter((part) => part !== '').join(' '))
  const samples = answer.samples.map((s) => [s.id, s.result].filter((part) => part !== '').join(w.colon))
  const pictures = answer.media.length > 0 ? [t('pictures', { n: answer.media.length })] : []
  return [...documents, ...samples, ...pictures, answer.noEvidence].filter((part) => part !== '').join('\n')
}

function nonconformityColumns({ template, w }: Own): Column<Nonconformity>[] {
  const codes = new Map(templateItems(template).map((i) => [i.id, i.code]))
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

function summaryColumns({ template, w, say }: Own): Column<Sheet['sections'][number]>[] {
  const names = new Map(template.sections.map((s) => [s.id, `${s.code} ${say(s.title)}`]))
  return [
    { head: w.section, width: 26, of: (s) => names.get(s.section) ?? s.section },
    { head: w.facts, width: 50, of: (s) => s.facts },
    { head: w.strengths, width: 40, of: (s) => s.strengths },
    { head: w.gaps, width: 40, of: (s) => s.gaps },
    { head: w.suggestions, width: 40, of: (s) => s.suggestions },
  ]
}
