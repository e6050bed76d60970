import { columns, facts, heading, note, row, table } from '../blocks.ts'
import { signatures as signatureAreas } from '../conclusion.ts'
import { chosenConclusion, conclusionLabel, sectionTable } from '../front.ts'
import { checkCodeOf, type Block } from '../model.ts'
import { isScored } from '../../domain/template.ts'
import { outcomeText } from '../values.ts'
import { datesOf, titleBlock, visitFacts, type Doc } from './context.ts'

/** 汇总表: scores and recommendation for the team to sign; never for the enterprise. Blocks need a merged visit. */
export function summary(doc: Doc): Block[] {
  const { w, d, c, visit, task } = doc
  if (!c || !visit) return []
  const { merge } = c.result
  const open = merge.items.filter((m) => m.outcome === 'open').length
  const gates = merge.items.flatMap((m) => {
    const item = c.items.get(m.item)
    return item && !isScored(item) ? [row(item.code, c.say(item.title), outcomeText(c, item, m))] : []
  })
  const counts = (['major', 'minor', 'observation'] as const).map((k) => doc.entries.filter((n) => n.kind === k).length)
  const [major = 0, minor = 0, observation = 0] = counts
  const conclusion = c.result.inputs.conclusion
  return [
    titleBlock(doc, 'summary'),
    note(d.summaryNote),
    ...(visit.isIssued ? [] : [note(d.summaryDraft)]),
    ...(open > 0 ? [note(d.openItems(open))] : []),
    ...visitFacts(doc),
    heading(2, w.sectionTotals),
    ...sectionTable(c),
    ...(gates.length > 0 ? [heading(2, w.chapters[5])] : []),
    ...table(columns([w.item, w.content, w.result], [10, 70, 20], 'clc'), gates, { dense: true }),
    heading(2, w.conclusion),
    { kind: 'verdict', label: w.opinion, text: conclusionLabel(c, chosenConclusion(c)) },
    ...facts(1, [
      [w.ncCount, w.ncCounts(major, minor, observation)],
      [w.conclusionReason, conclusion.reason],
      [w.opinionText, conclusion.opinion],
    ]),
    heading(2, d.teamOpinion),
    {
      kind: 'table',
      caption: '',
      dense: false,
      rowHeight: 29,
      columns: columns([w.name, w.role, d.teamOpinion, d.signColumn, w.time], [16, 12, 28, 26, 18], 'lcccc'),
      rows: task.team
        .filter((m) => m.role !== 'observer')
        .map((m) => row(m.name, w.roles[m.role], d.agreeBoxes, '', '')),
    },
  ]
}

/** 签字页 of the report, by itself. */
export function signatures(doc: Doc): Block[] {
  const { w, d, c, task, visit } = doc
  if (!c) return []
  return [
    titleBlock(doc, 'signatures'),
    note(d.signaturesNote),
    ...facts(2, [
      [w.enterprise, task.enterprise.name],
      [w.visitDates, datesOf(doc)],
      [d.forReport, `${c.say(c.words.titles.report)} ${task.reportNumber} ${w.edition(c.result.revision)}`],
      [d.resultCode, visit?.isIssued === true ? checkCodeOf(visit.contentSha256) : ''],
    ]),
    ...signatureAreas(c),
  ]
}
