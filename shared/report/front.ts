import { sum } from '../scoring/answer.ts'
import { body, columns, facts, heading, labelled, note, row, table, totalRow, withoutEmpty } from './blocks.ts'
import type { Context } from './context.ts'
import { checkCodeOf, type Block } from './model.ts'
import { clip, dayText, isFilled, joined, rateText, scoreText, spanText, timeText } from './values.ts'

/** Who stands at the head: the template's mark, else the organiser. */
export const markOf = ({ say, words, task }: Pick<Context, 'say' | 'words' | 'task'>): string =>
  say(words.mark) || say(task.organiser)

/** What the template says at the beginning of a chapter. */
export const standing = (c: Context, chapter: number): Block[] =>
  c.words.paragraphs.filter((p) => p.chapter === chapter && isFilled(c.say(p.text))).map((p) => body(c.say(p.text)))

/** The cover: who, what, when, by which checklist. */
export function cover(c: Context): Block {
  const { w, task, template, result } = c
  const isSample = task.sample || template.sample
  return {
    kind: 'cover',
    mark: isSample ? w.sampleMark : '',
    logo: c.words.logo,
    organiser: clip(markOf(c), 60),
    title: titleOf(c),
    subtitle: [...c.words.coverLines.map(c.say), w.profiles[c.profile], w.edition(result.revision)].join(' · '),
    enterprise: clip(task.enterprise.name, 72),
    facts: [
      { label: w.reportNumber, value: result.reportNumber },
      { label: w.category, value: w.categories[task.category] },
      { label: w.uscc, value: task.enterprise.uscc },
      { label: w.products, value: clip(task.scope.products, 80) },
      { label: w.visitType, value: w.visitTypes[task.visitType] },
      { label: w.visitDates, value: datesText(c) },
      { label: w.template, value: clip(templateText(c), 160) },
      { label: w.templateCode, value: checkCodeOf(result.templateSha256) },
      { label: w.checkCode, value: checkCodeOf(c.contentSha256) },
    ].filter((f) => isFilled(f.value)),
    date: dayText(w, timeText(result.issuedAt).slice(0, 10)),
  }
}

/** What the cover calls the report: a corrected one has a title of its own. */
export const titleOf = ({ say, words, result }: Context): string =>
  say(result.revision > 1 ? words.titles.correction : words.titles.report)

const datesText = ({ w, task }: Context): string => spanText(w, task.dates.from, task.dates.to)

/** The checklist by name, number and edition. */
export const templateText = ({ w, template, say }: Pick<Context, 'w' | 'template' | 'say'>): string =>
  `${say(template.title)} ${template.number} ${w.edition(template.edition)}`

/** 一览表: the page a committee reads first. */
export function summary(c: Context): Block[] {
  const { w, task } = c
  const observers = task.team.filter((m) => m.role === 'observer').length
  const experts = task.team.length - observers - 1
  return [
    heading(1, w.summary),
    ...(isFilled(c.changeNote ?? '') ? labelled(w.changeNote, c.changeNote ?? '') : []),
    ...facts(2, [
      [w.enterprise, task.enterprise.name],
      [w.products, clip(task.scope.products, 120)],
      [w.uscc, task.enterprise.uscc],
      [w.category, w.categories[task.category]],
      [w.visitType, w.visitTypes[task.visitType]],
      [w.visitDates, datesText(c)],
      [w.teamSize, w.teamOf(experts, observers)],
      [w.ncCount, ncCounts(c)],
      [w.vetoes, judgedText(c, 'veto')],
      [w.gates, judgedText(c, 'gate')],
    ]),
    ...(c.shows.scores ? sectionTable(c) : []),
    ...(c.shows.conclusion
      ? [{ kind: 'verdict' as const, label: w.opinion, text: conclusionLabel(c, chosenConclusion(c)) }]
      : []),
    ...sideBySide(c),
  ]
}

/** Three strengths beside three gaps, so that the page stays one page. */
function sideBySide(c: Context): Block[] {
  const { w, result } = c
  const lists = [result.text.strengths.filter(isFilled), gapsOf(c)]
  const cell = (text: string | undefined, n: number): string => (text ? `${n + 1}. ${clip(text, 150)}` : '')
  const rows = [0, 1, 2]
    .filter((n) => lists.some((list) => n < list.length))
    .map((n) => row(...lists.map((list) => cell(list[n], n))))
  const titles = [w.threeStrengths, w.threeGaps]
  const kept = withoutEmpty(columns(titles, [1, 1], 'll'), rows, titles)
  return table(kept.cols, kept.rows, { dense: true })
}

/** One gap a section; the weakest sections first where scores may be seen, else in the checklist's order. */
function gapsOf(c: Context): string[] {
  const rates = new Map(c.result.merge.sections.map((s) => [s.section, s.rate_bp ?? Number.MAX_SAFE_INTEGER]))
  const filled = c.result.text.sections.filter((s) => isFilled(s.gaps))
  const ordered = c.shows.scores
    ? filled.toSorted((a, b) => (rates.get(a.section) ?? 0) - (rates.get(b.section) ?? 0))
    : filled
  return ordered.map((s) => s.gaps)
}

function ncCounts({ w, result }: Context): string {
  const count = (kind: string) => result.inputs.nonconformities.filter((n) => n.kind === kind).length
  return w.ncCounts(count('major'), count('minor'), count('observation'))
}

/** How many veto or gate items are met, and which are not. */
function judgedText(c: Context, type: 'veto' | 'gate'): string {
  const { w } = c
  const merged = c.result.merge.items.filter((m) => c.items.get(m.item)?.type === type)
  if (merged.length === 0) return ''
  const good = merged.filter((m) => m.outcome === 'pass' || m.outcome === 'yes').length
  const bad = (['fail', 'no', 'pending', 'open', 'na'] as const).map((outcome) => {
    const codes = merged.filter((m) => m.outcome === outcome).map((m) => c.code(m.item))
    return codes.length > 0 ? w.vetoOpen(codes.join(w.joint), w.outcomes[outcome]) : ''
  })
  return joined([w.vetoCount(good, merged.length), ...bad], w.stop)
}

/** Scores by section with the total below. Bonus points are in no rate: they stand apart, where the checklist has any. */
export function sectionTable(c: Context): Block[] {
  const { w, result, template } = c
  const { totals } = result.merge
  const hasBonus = [...c.items.values()].some((i) => i.bonus)
  const bonus = (micro: number) => (hasBonus ? [scoreText(w, micro)] : [])
  const scored = result.merge.sections.filter((s) => s.full > 0 || s.bonus > 0)
  const earned = sum(scored.map((s) => s.bonus))
  const rows = scored.map((s) => {
    const section = template.sections.find((x) => x.id === s.section)
    const title = section ? `${section.code} ${c.say(section.title)}` : s.section
    return row(
      title,
      scoreText(w, s.full),
      scoreText(w, s.applicable),
      scoreText(w, s.base),
      ...bonus(s.bonus),
      rateText(w, s.rate_bp),
    )
  })
  const total = totalRow(
    w.total,
    scoreText(w, totals.totalFull),
    scoreText(w, totals.applicable),
    scoreText(w, totals.base),
    ...bonus(totals.bonus),
    rateText(w, totals.rate_bp),
  )
  const rest = hasBonus ? ['', ''] : ['']
  const converted = totalRow(w.converted, scoreText(w, totals.totalFull), '', scoreText(w, totals.converted), ...rest)
  const titles = [w.section, w.full, w.applicable, w.got, ...(hasBonus ? [w.bonus] : []), w.rate]
  const shares = hasBonus ? [44, 12, 12, 12, 8, 12] : [52, 12, 12, 12, 12]
  return [
    ...table(columns(titles, shares, hasBonus ? 'lrrrrr' : 'lrrrr'), [...rows, total, converted], { dense: true }),
    ...(earned > totals.bonus ? [note(w.bonusCapped(scoreText(w, totals.bonus)))] : []),
  ]
}

/** What the team chose, or what the rules gave when it chose nothing else. */
export const chosenConclusion = ({ result }: Context): string | null =>
  result.inputs.conclusion.chosen ?? result.merge.conclusion.computed

/** The conclusion in words, cut to a line; null, or an id the checklist lacks: that there is none. */
export function conclusionLabel(c: Context, id: string | null): string {
  const found = c.template.conclusions.find((x) => x.id === id)
  return found ? clip(c.say(found.label), 60) : c.w.noConclusion
}

/** 1 概述 */
export function overview(c: Context): Block[] {
  const { w, task, template, result } = c
  const bases = [...new Set([...c.items.values()].map((i) => i.basis).filter(isFilled))]
  const distribution = result.text.distribution.length > 0 ? result.text.distribution : c.words.distribution.map(c.say)
  const layers = template.layers.map((l) => `${l.number} ${w.edition(l.edition)}${w.aside(checkCodeOf(l.sha256))}`)
  return [
    ...(task.sample || template.sample ? [note(w.sampleMark)] : []),
    ...facts(2, [
      [w.taskNumber, task.number],
      [w.batch, task.batch],
      [w.organiser, c.say(task.organiser)],
      [w.visitType, w.visitTypes[task.visitType]],
      [w.visitDates, datesText(c)],
      [w.period, spanText(w, task.period.from, task.period.to)],
    ]),
    heading(3, w.purpose),
    ...standing(c, 1),
    heading(3, w.scope),
    ...facts(1, [
      [w.products, task.scope.products],
      [w.boundary, task.scope.boundary],
    ]),
    ...table(
      columns([w.site, w.siteAddress], [1, 2], 'll'),
      task.scope.sites.map((s) => row(s.name, s.address)),
    ),
    heading(3, w.criteria),
    ...facts(1, [
      [w.template, `${templateText(c)}  ${w.checkCode} ${checkCodeOf(result.templateSha256)}`],
      [w.layers, layers.join(w.stop)],
      [w.itemBasis, bases.join(w.joint)],
    ]),
    heading(3, w.sampling),
    body(c.say(c.words.sampling)),
    ...(isFilled(result.text.sampling) ? [body(result.text.sampling)] : []),
    ...(distribution.length > 0 ? [heading(3, w.distribution), body(distribution.join(w.joint))] : []),
  ]
}
