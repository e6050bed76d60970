import type { Merged } from '../domain/result.ts'
import type { Answer } from '../domain/sheet.ts'
import { indicatorRows } from '../domain/task.ts'
import { isScored, type Item, type ItemOf } from '../domain/template.ts'
import { fullMicro } from '../scoring/answer.ts'
import { isWorseThanPromised, rowLevel } from '../scoring/indicator.ts'
import { formatBp, formatMicro } from '../scoring/numbers.ts'
import { columns, facts, heading, note, row, table, withoutEmpty } from './blocks.ts'
import type { Context } from './context.ts'
import type { Block, Column, TableRow } from './model.ts'
import { answerText, clip, isFilled, joined, measuredText, outcomeText, scoreText, thresholdText } from './values.ts'

const mergedOf = (c: Context, item: string): Merged | undefined => c.result.merge.items.find((m) => m.item === item)

/** Photos of an item: those its answers name and those filed under it. */
export function itemFigures(c: Context, item: string): string {
  const named = c.counted.flatMap(({ sheet }) => sheet.answers.filter((a) => a.item === item).flatMap((a) => a.media))
  const filed = c.figures.filter((f) => f.media.items.includes(item)).map((f) => f.media.sha256)
  const wanted = new Set([...named, ...filed])
  return c.figuresOf(c.figures.map((f) => f.media.sha256).filter((m) => wanted.has(m)))
}

/** 5 否决项与前置条件核查结果 */
export function vetoes(c: Context): Block[] {
  const { w } = c
  const rows = [...c.items.values()].flatMap((item): TableRow[] => {
    const merged = mergedOf(c, item.id)
    if (isScored(item) || !merged) return []
    const decision = c.result.inputs.decisions.find((d) => d.item === item.id)
    const voices = c.shows.personalScores ? voicesText(c, item, merged) : ''
    // Why the team decided so is between its members.
    const isTold = merged.decided && c.profile !== 'enterprise'
    const remark = joined([isTold && decision ? decision.reason : '', voices], '\n')
    return [row(item.code, c.say(item.title), outcomeText(c, item, merged), remark, itemFigures(c, item.id))]
  })
  const titles = [w.item, w.content, w.result, w.note, w.figures]
  const shown = withoutEmpty(columns(titles, [8, 40, 12, 28, 12], 'clclc'), rows, [w.note, w.figures])
  return rows.length > 0 ? table(shown.cols, shown.rows) : [note(w.none)]
}

/** Who judged what, by the judgement: most agree. */
function voicesText(c: Context, item: Item, { answers }: Merged): string {
  const by = new Map<string, string[]>()
  for (const answer of answers) {
    const said = answerText(c, item, answer)
    by.set(said, [...(by.get(said) ?? []), c.person(answer.personId)])
  }
  return [...by].map(([said, people]) => `${said}${c.w.colon}${people.join(c.w.joint)}`).join(c.w.stop)
}

/** 6 分章评价综述 */
export function sections(c: Context): Block[] {
  const { w, template, result, shows } = c
  return template.sections.flatMap((section): Block[] => {
    const text = result.text.sections.find((s) => s.section === section.id)
    const totals = result.merge.sections.find((s) => s.section === section.id)
    const scored = section.items.filter(isScored)
    const texts = text
      ? ([
          [w.facts, text.facts],
          [w.strengths, text.strengths],
          [w.gaps, text.gaps],
          [w.suggestions, text.suggestions],
        ] as const)
      : []
    if (scored.length === 0 && texts.length === 0) return []
    const score =
      shows.scores && totals && totals.rate_bp !== null
        ? w.sectionScore(formatMicro(totals.base), formatMicro(totals.applicable), formatBp(totals.rate_bp))
        : ''
    return [
      heading(2, clip(`${section.code} ${c.say(section.title)}`, 100), `section:${section.id}`),
      ...facts(1, [
        [w.got, joined([score, totals?.naHeavy ? w.sectionNaHeavy : ''], w.stop)],
        ...texts.map(([l, t]): [string, string] => [l, t]),
      ]),
      ...itemTable(c, scored),
    ]
  })
}

function itemTable(c: Context, items: readonly Item[]): Block[] {
  const { w, shows } = c
  if (!shows.scores) {
    const rows = items.map((item) => row(item.code, c.say(item.title), itemFigures(c, item.id)))
    return itemRows(c, columns([w.item, w.content, w.figures], [8, 74, 18], 'clc'), rows)
  }
  const rows = items.flatMap((item): TableRow[] => {
    const merged = mergedOf(c, item.id)
    if (!merged) return []
    const title = item.starred ? `★ ${c.say(item.title)}` : c.say(item.title)
    return [
      row(
        item.code,
        title,
        settledText(c, item, merged),
        formatMicro(fullMicro(item)),
        scoreText(w, merged.score),
        itemFigures(c, item.id),
      ),
    ]
  })
  const titles = [w.item, w.content, w.result, w.full, w.got, w.figures]
  return itemRows(c, columns(titles, [8, 46, 14, 10, 10, 12], 'clcrrc'), rows)
}

/** Alike in every section: the column of figures goes where the whole report has no photo. */
function itemRows(c: Context, cols: readonly Column[], rows: readonly TableRow[]): Block[] {
  if (c.figures.length > 0) return table(cols, rows, { dense: true })
  const shown = withoutEmpty(cols, rows, [c.w.figures])
  return table(shown.cols, shown.rows, { dense: true })
}

/** What was settled for an item of a section; one judged by sampled units has no value of its own. */
function settledText(c: Context, item: Item, merged: Merged): string {
  if (!isScored(item) || item.repeat === null || merged.outcome !== 'value' || merged.value !== null) {
    return outcomeText(c, item, merged)
  }
  return c.w.meanOf(unitsOf(c, item.id).length)
}

type Unit = { name: string; records: { personId: string; unit: Answer['units'][number] }[] }

/** The units an item was judged by, by name, in the order they were met, with everybody's record. */
function unitsOf(c: Context, item: string): Unit[] {
  const found = new Map<string, Unit>()
  for (const { sheet } of c.counted) {
    for (const unit of sheet.answers.filter((a) => a.item === item).flatMap((a) => a.units)) {
      const known = found.get(unit.name) ?? { name: unit.name, records: [] }
      known.records.push({ personId: sheet.expert.personId, unit })
      found.set(unit.name, known)
    }
  }
  return [...found.values()]
}

/** Sampled firms, households, lines: what was found in each, and where personal scores are shown what each was given. */
function units(c: Context): Block[] {
  const { w, shows } = c
  const rows = [...c.items.values()].flatMap((item) =>
    unitsOf(c, item.id).map(({ name, records }) => {
      const notes = [...new Set(records.map(({ unit }) => unit.note).filter(isFilled))].join('\n')
      const given = records.map(({ personId, unit }) => joined([c.person(personId), scoreText(w, unit.score)], w.colon))
      return row(item.code, name, notes, ...(shows.personalScores ? [given.join('\n')] : []))
    }),
  )
  if (rows.length === 0) return []
  const titles = [w.item, w.unitName, w.note, ...(shows.personalScores ? [w.personal] : [])]
  const shown = withoutEmpty(columns(titles, [8, 32, 36, 24], 'clll'), rows, [w.note])
  return [heading(3, w.units), ...table(shown.cols, shown.rows, { dense: true })]
}

/** 7 标准先进性比对 */
export function indicators(c: Context): Block[] {
  const { w } = c
  const blocks = [...c.items.values()].flatMap((item) => (item.type === 'indicator' ? indicatorTable(c, item) : []))
  return blocks.length > 0 ? blocks : [note(w.none)]
}

function indicatorTable(c: Context, item: ItemOf<'indicator'>): Block[] {
  const { w, shows } = c
  const rows = indicatorRows(c.task, item).map((r) => {
    const values = c.counted.flatMap(({ sheet }) =>
      sheet.answers
        .filter((a) => a.item === item.id)
        .flatMap((a) => a.indicators.filter((m) => m.row === r.id).map((m) => m.measured)),
    )
    const distinct = (texts: readonly string[]) => [...new Set(texts)].join(' / ') || w.dash
    const worse = values.some((v) => isWorseThanPromised(r, v)) ? w.worseThanPromised : ''
    const level = shows.scores ? [distinct(values.map((v) => w.levels[rowLevel(r, v)]))] : []
    const name = r.unit === '' ? c.say(r.name) : `${c.say(r.name)}${w.aside(r.unit)}`
    return row(
      name,
      w.indicatorKinds[r.kind],
      thresholdText(w, r),
      r.promised ?? w.dash,
      joined([distinct(values.map(measuredText)), worse], '\n'),
      ...level,
    )
  })
  const titles = [w.indicator, w.kind, w.thresholds, w.promised, w.measured, ...(shows.scores ? [w.level] : [])]
  const caption = clip(`${item.code} ${c.say(item.title)}`, 200)
  return table(columns(titles, [25, 12, 27, 12, 14, 10], 'lccccc'), rows, { caption, dense: true })
}

/** 8 抽样与见证试验记录; what two experts recorded alike is printed once. */
export function samples(c: Context): Block[] {
  const { w } = c
  const answers = c.counted.flatMap(({ sheet }) => sheet.answers)
  const drawn = [...c.items.values()].flatMap((item) => {
    const own = answers.filter((a) => a.item === item.id).flatMap((a) => a.samples)
    const rows = own.map((s) => row(item.code, s.population, s.how, s.id, s.result, c.figuresOf(s.media)))
    return [...new Map(rows.map((r) => [r.cells.join('\n'), r])).values()]
  })
  const witnessed = c.result.text.witnessTests.map((t) =>
    row(c.code(t.item), t.what, t.method, t.result, c.figuresOf(t.media)),
  )
  const sampleTitles = [w.item, w.population, w.how, w.sampleId, w.result, w.figures]
  const testTitles = [w.item, w.what, w.method, w.result, w.figures]
  return [
    ...units(c),
    heading(3, w.samples),
    ...(drawn.length > 0
      ? table(columns(sampleTitles, [8, 20, 20, 18, 24, 10], 'cllllc'), drawn, { dense: true })
      : [note(w.none)]),
    heading(3, w.witnessTests),
    ...(witnessed.length > 0
      ? table(columns(testTitles, [8, 26, 26, 30, 10], 'clllc'), witnessed, { dense: true })
      : [note(w.none)]),
  ]
}
