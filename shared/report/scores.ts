import type { Decision } from '../domain/result.ts'
import { isScored } from '../domain/template.ts'
import { fullMicro } from '../scoring/answer.ts'
import { formatMicro } from '../scoring/numbers.ts'
import { body, columns, facts, groupRow, heading, row, table } from './blocks.ts'
import { sectionCharts, spreadChart } from './charts.ts'
import type { Context } from './context.ts'
import { sectionTable } from './front.ts'
import type { Block, TableRow } from './model.ts'
import { answerText, deviationText, joined, outcomeText, rateText, scoreText } from './values.ts'
import type { Words } from './words.ts'

/** 9 得分汇总: totals, sections, what was discussed; personal scores and deviation only where the profile shows them. */
export function scores(c: Context): Block[] {
  const { w, result, shows } = c
  const { totals, method } = result.merge
  return [
    heading(2, w.totals),
    ...facts(2, [
      [w.mergeMethod, w.mergeMethods[method]],
      [w.converted, w.points(scoreText(w, totals.converted))],
      [w.base, scoreText(w, totals.base)],
      [w.bonus, scoreText(w, totals.bonus)],
      [w.applicable, scoreText(w, totals.applicable)],
      [w.totalFull, scoreText(w, totals.totalFull)],
      [w.rate, rateText(w, totals.rate_bp)],
    ]),
    heading(2, w.sectionTotals),
    ...sectionTable(c),
    ...sectionCharts(c),
    ...decisions(c),
    ...(shows.personalScores ? personal(c) : []),
    ...(shows.names === 'none' ? [] : deviation(c)),
  ]
}

function decisions(c: Context): Block[] {
  const { w, result } = c
  const rows = result.inputs.decisions.flatMap((d): TableRow[] => {
    const merged = result.merge.items.find((m) => m.item === d.item)
    const item = c.items.get(d.item)
    if (!merged?.decided || !item) return []
    const flags = merged.flags.map((f) => w.flags[f]).join(w.joint)
    return [
      row(
        item.code,
        flags,
        outcomeText(c, item, merged),
        joined([d.reason, votesText(c, d.votes)], '\n'),
        dissentText(c, d),
      ),
    ]
  })
  if (rows.length === 0) return []
  const titles = [w.item, w.note, w.settled, w.reason, w.dissent]
  return [heading(2, w.decisions), ...table(columns(titles, [8, 18, 13, 38, 23], 'clcll'), rows, { dense: true })]
}

function dissentText(c: Context, { dissent }: Decision): string {
  return dissent.map((d) => joined([c.person(d.personId), d.text], c.w.colon)).join('\n')
}

/** Who voted how; only counts where nobody is named. */
export function votesText(c: Context, votes: Decision['votes']): string {
  const { w, shows } = c
  if (votes.length === 0) return ''
  if (shows.names !== 'none') {
    return `${w.votes}${w.colon}${votes.map((v) => `${c.person(v.personId)} ${w.voteWords[v.vote]}`).join(w.joint)}`
  }
  const words = [...new Set(votes.map((v) => v.vote))].toSorted()
  return `${w.votes}${w.colon}${words.map((x) => w.voteCount(w.voteWords[x], votes.filter((v) => v.vote === x).length)).join(w.joint)}`
}

/** Means have no value of their own: their score says it. */
const worded = (w: Words, text: string): string => (text === w.dash ? '' : text)

/** Every expert's answer beside the merged one, item by item. */
function personal(c: Context): Block[] {
  const { w, template, result } = c
  const people = c.counted.map((s) => s.sheet.expert.personId)
  const merged = new Map(result.merge.items.map((m) => [m.item, m]))
  const rows = template.sections.flatMap((section): TableRow[] => {
    const items = section.items.filter(isScored).flatMap((item): TableRow[] => {
      const m = merged.get(item.id)
      if (!m) return []
      const cells = people.map((id) => {
        const answer = m.answers.find((a) => a.personId === id)
        if (!answer) return ''
        return answer.score === null
          ? answerText(c, item, answer)
          : joined([worded(w, answerText(c, item, answer)), scoreText(w, answer.score)], '\n')
      })
      return [
        row(
          item.code,
          formatMicro(fullMicro(item)),
          ...cells,
          joined([worded(w, outcomeText(c, item, m)), scoreText(w, m.score)], '\n'),
        ),
      ]
    })
    return items.length > 0 ? [groupRow(`${section.code} ${c.say(section.title)}`), ...items] : []
  })
  const titles = [w.item, w.full, ...people.map(c.person), w.merged]
  const shares = [9, 11, ...people.map(() => 60 / Math.max(1, people.length)), 14]
  return [
    heading(2, w.personal),
    ...table(columns(titles, shares, `cr${'c'.repeat(people.length + 1)}`), rows, { dense: true }),
  ]
}

/** How far each expert lies from the merge; an expert's own rate only where personal scores are shown. */
function deviation(c: Context): Block[] {
  const { w, shows } = c
  const { experts, agreement } = c.result.merge.deviation
  if (experts.length === 0) return []
  const rows = experts.map((e) => {
    const own = shows.personalScores ? [rateText(w, e.vertical.rate_bp)] : []
    return row(c.person(e.personId), deviationText(w, e.horizontal_bp), rateText(w, e.vertical.range_bp), ...own)
  })
  const titles = [w.member, w.overall, w.ownRange, ...(shows.personalScores ? [w.ownRate] : [])]
  return [
    heading(2, w.deviation),
    ...table(columns(titles, [1, 1, 1, 1], 'lrrr'), rows),
    ...spreadChart(c),
    ...(agreement.compared > 0 ? [body(w.agreement(agreement.agreed, agreement.compared))] : []),
  ]
}
