import { assignedItems, type Member } from '../../domain/task.ts'
import { body, columns, heading, note, row, table } from '../blocks.ts'
import { templateText } from '../front.ts'
import type { Block, SignatureArea } from '../model.ts'
import { dayText, isFilled, joined, timeText } from '../values.ts'
import { itemsText, whoText } from '../visit.ts'
import { areaOf, datesOf, form, memberName, sign, titleBlock, visitFacts, writing, type Doc } from './context.ts'

/** 通知书: to the enterprise. */
export function notice(doc: Doc): Block[] {
  const { w, d, task, words } = doc
  const receipt: SignatureArea = { label: d.receipt, lines: d.receiptLines, seal: areaOf(doc, 'enterprise').seal }
  return [
    titleBlock(doc, 'notice'),
    { kind: 'paragraph', text: d.to(task.enterprise.name), tone: 'strong' },
    body(d.noticeText(doc.say(task.organiser), task.batch, task.scope.products, datesOf(doc))),
    ...visitFacts(doc),
    heading(2, d.scopeAndBasis),
    ...scope(doc),
    heading(2, w.team),
    ...members(doc, false),
    heading(2, w.schedule),
    ...scheduleTable(doc, 4),
    heading(2, d.duties),
    { kind: 'list', items: words.documents.noticeDuties.map(doc.say) },
    heading(2, d.integrityHeading),
    body(doc.say(words.documents.integrityPledge)),
    writing(d.objection, 2),
    sign('', areaOf(doc, 'organiser'), receipt),
  ]
}

function scope(doc: Doc): Block[] {
  const { w, task } = doc
  return [
    form(1, [
      [w.template, templateText(doc)],
      [w.products, task.scope.products],
      [w.boundary, task.scope.boundary],
      [w.sites, task.scope.sites.map((s) => joined([s.name, s.address], w.colon)).join('\n')],
    ]),
  ]
}

function members(doc: Doc, withWork: boolean): Block[] {
  const { w, task } = doc
  const rows = task.team.map((m) => {
    const cells = [m.name, w.roles[m.role], w.kinds[m.kind], m.unit]
    return row(...cells, ...(withWork ? [division(doc, m)] : []))
  })
  const titles = [w.name, w.role, w.kind, w.unit, ...(withWork ? [w.division] : [])]
  return table(columns(titles, [16, 12, 14, 26, 36], 'lccll'), rows)
}

function division(doc: Doc, m: Member): string {
  const { w } = doc
  if (m.role === 'observer') return ''
  const assigned = m.assigned === null ? w.allItems : itemsText(doc, m.assigned)
  return joined([assigned, m.owns.length > 0 ? w.owns(itemsText(doc, m.owns)) : ''], '\n')
}

/** The plan as a table; `blank` rows to write in where there is none. */
function scheduleTable(doc: Doc, blank: number): Block[] {
  const { w, task } = doc
  const sites = new Map(task.scope.sites.map((s) => [s.id, s.name]))
  const planned = task.schedule.map((s) =>
    row(
      `${dayText(w, s.day)} ${joined([s.from, s.to], '–')}`,
      s.what,
      s.site === null ? '' : (sites.get(s.site) ?? s.site),
      whoText(task, s.who, w) ?? s.who.map((id) => memberName(doc, id)).join(w.joint),
    ),
  )
  const rows = planned.length > 0 ? planned : Array.from({ length: blank }, () => row('', '', '', ''))
  return table(columns([w.time, w.what, w.place, w.who], [24, 38, 18, 20], 'llll'), rows).map((b) =>
    b.kind === 'table' ? { ...b, rowHeight: 26 } : b,
  )
}

/** 任务书: to the team. */
export function assignment(doc: Doc): Block[] {
  const { w, d, task } = doc
  return [
    titleBlock(doc, 'assignment'),
    body(d.assignmentText),
    ...visitFacts(doc),
    heading(2, d.scopeAndBasis),
    ...scope(doc),
    heading(2, w.team),
    ...members(doc, true),
    heading(2, w.schedule),
    ...scheduleTable(doc, 6),
    ...(task.carryOver.length > 0 ? [heading(2, d.carryOver)] : []),
    ...table(
      columns([w.question, w.source], [7, 3], 'll'),
      task.carryOver.map((q) => row(q.question, q.source)),
    ),
    heading(2, d.rules),
    form(1, [[d.rectifyBy, task.rules.rectifyBy === null ? '' : dayText(w, task.rules.rectifyBy)]]),
    sign('', { ...areaOf(doc, 'organiser'), label: d.assignedBy }, areaOf(doc, 'lead')),
  ]
}

/** 日程表 on its own, to hand around. */
export function schedule(doc: Doc): Block[] {
  const { d, w } = doc
  return [
    titleBlock(doc, 'schedule'),
    ...visitFacts(doc),
    heading(2, w.schedule),
    ...scheduleTable(doc, 12),
    note(d.scheduleNote),
  ]
}

/** 承诺书: one's own, or for the lead one page for everybody who scores. */
export function declaration(doc: Doc): Block[] {
  const scorers = doc.task.team.filter((m) => assignedItems(m, doc.template).length > 0)
  const people = doc.isLead ? scorers : [doc.me]
  return people.flatMap((m) => pledge(doc, m))
}

function pledge(doc: Doc, m: Member): Block[] {
  const { w, d, task, template } = doc
  const sheet = doc.c?.counted.find((s) => s.sheet.expert.personId === m.personId)?.sheet
  const acceptedAt = sheet?.declaration.acceptedAt ?? (m.personId === doc.me.personId ? doc.own.acceptedAt : null)
  return [
    titleBlock(doc, 'declaration'),
    form(2, [
      [w.name, m.name],
      [w.unit, m.unit],
      [w.role, w.roles[m.role]],
      [w.kind, w.kinds[m.kind]],
      [w.enterprise, task.enterprise.name],
      [d.declarationTask, task.number],
    ]),
    { kind: 'list', items: template.declarations.map(doc.say).filter(isFilled) },
    ...(acceptedAt === null ? [] : [note(d.declared(timeText(acceptedAt)))]),
    heading(2, d.recusal),
    body(d.recusalBoxes),
    writing('', 3),
    sign('', { label: d.signer, lines: areaOf(doc, 'lead').lines, seal: null }),
  ]
}
