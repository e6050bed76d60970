import { fullOf, type Item, type Section, type Template } from '../domain/template.ts'
import type { Language } from '../report/model.ts'
import { gradeScore, gradesOf } from '../scoring/answer.ts'
import { valueText } from '../text/value.ts'
import { tongueOf, type Tongue } from './language.ts'
import { hundredth } from './template-tables.ts'
import { cells, worksheet, type Cell, type Merge, type Workbook } from './workbook.ts'

const HEADS = ['code', 'content', 'full', 'judgement', 'factsHead'] as const
const WIDTHS = [9, 44, 8, 34, 48]
const BOX = '□'
const ROOM_TO_WRITE = 3
const BLANK = '＿＿＿＿'

/** A scoring form to print and fill in by hand: A4 across, one row an item, title and heads on every page. */
export function scoreForm(template: Template, language: Language): Workbook {
  const tongue = tongueOf(language)
  const { w, t } = tongue
  const line = BLANK.repeat(2)
  const asked = (label: string, value: string) => `${label}${w.colon}${value}`
  const title = tongue.say(template.title)
  const isMarked = !template.sample || title.toLowerCase().includes(w.sampleShort.toLowerCase())
  const visit = [
    asked(w.enterprise, line.repeat(2)),
    asked(w.visitDates, line),
    asked(t('expert'), line),
    asked(t('code'), `${template.number} ${w.edition(template.edition)}`),
  ]
  const heads = HEADS.map((head) => t(head))
  const top: Cell[][] = [
    cells([`${title}${isMarked ? '' : t('sampleMark', { mark: w.sampleShort })}`], 'title'),
    cells([visit.join('　　')], 'note'),
    cells(heads, 'head'),
  ]
  const rows = template.sections.flatMap((section) => [
    headingOf(section, tongue),
    ...section.items.map((item) => itemRow(item, template, tongue)),
  ])
  const total: Cell[] = cells(['', w.total, hundredth(template.totalFull_cp), '', ''], 'total')
  const signed = `${asked(t('signature'), line)}　　${asked(t('date'), line)}`
  const all = [...top, ...rows, total, [], cells([signed], 'note')]
  const across = (row: number): Merge => ({ top: row, left: 0, bottom: row, right: HEADS.length - 1 })
  const sheet = worksheet(t('form'), all, {
    widths: WIDTHS,
    leastLines: all.map((row) => (row.some((cell) => cell.style === 'input') ? ROOM_TO_WRITE : 1)),
    merges: [across(0), across(1), across(all.length - 1)],
    frozen: { rows: top.length, columns: 0 },
    page: { landscape: true, repeatRows: top.length, header: '', footer: w.page },
  })
  return { sheets: [sheet] }
}

function headingOf(section: Section, { say }: Tongue): Cell[] {
  const full = fullOf(section.items)
  return cells([section.code, say(section.title), full === 0 ? null : full / 100, '', ''], 'group')
}

function itemRow(item: Item, template: Template, tongue: Tongue): Cell[] {
  const title = `${item.starred ? '★ ' : ''}${tongue.say(item.title)}${item.basis === '' ? '' : `\n${item.basis}`}`
  const [code, content, full] = cells([item.code, title, hundredth(item.full_cp)])
  const [box, note] = cells([boxes(item, template, tongue), ''], 'input')
  return [code, content, full, box, note].filter((cell) => cell !== undefined)
}

/** What can be ticked or filled in, one line a possibility. */
function boxes(item: Item, template: Template, tongue: Tongue): string {
  const { w, t, say } = tongue
  const lines =
    item.repeat === null
      ? ways(item, template, tongue)
      : [t('units', { ...item.repeat, what: say(item.repeat.what) }), ...ways(item, template, tongue)]
  return [...lines, ...(item.allowNA ? [`${BOX} ${w.outcomes.na}`] : [])].join('\n')
}

function ways(item: Item, template: Template, { language, w, t, say }: Tongue): string[] {
  const word = (value: string) =>
    `${BOX} ${valueText(item, { state: 'answered', value, score: null }, template, language)}`
  const points = (n: number) => t('points', { n: n / 1_000_000 })
  switch (item.type) {
    case 'veto':
      return [['pass', 'fail', 'pending'].map((value) => word(value)).join('　')]
    case 'gate':
      return [['yes', 'no'].map((value) => word(value)).join('　')]
    case 'conformity':
      return gradesOf(item, template).map((g, n) => `${BOX} ${say(g.label)}　${points(gradeScore(item, n, template))}`)
    case 'maturity':
      return [t('maturityBlank', { blank: BLANK })]
    case 'points':
      return [t('pointsBlank', { blank: BLANK, step: item.spec.step_cp / 100 })]
    case 'deduction':
      return item.spec.list.map((d) => `${say(d.label)}　-${d.points_cp / 100} × ＿＿`)
    case 'indicator':
      return item.spec.rows.length > 0
        ? item.spec.rows.map((r) => `${say(r.name)}${w.colon}${BLANK} ${r.unit}`)
        : [t('measuredBlank', { blank: BLANK })]
  }
}
