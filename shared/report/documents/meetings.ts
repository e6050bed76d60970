import type { Meeting } from '../../domain/sheet.ts'
import { body, columns, groupRow, heading, row } from '../blocks.ts'
import type { Block, TableRow } from '../model.ts'
import { isFilled, joined, timeText } from '../values.ts'
import { areaOf, datesOf, form, sign, titleBlock, writing, type Doc } from './context.ts'

const BLANK_ENTERPRISE_ROWS = 8
const ROW = 27

type Kind = Meeting['kind']
const heldOf = (doc: Doc, kind: Kind): readonly Meeting[] => doc.meetings.filter((m) => m.kind === kind)

/** Whose meeting, when and where; what is not known yet is left blank. */
const aboutMeeting = ({ w, d, task }: Doc, held: Meeting | null, ...more: [string, string][]): Block =>
  form(2, [
    [w.enterprise, task.enterprise.name],
    [w.taskNumber, task.number],
    [d.blankTime, held ? timeText(held.at) : ''],
    [w.place, held?.place ?? ''],
    ...more,
  ])

/** 签到表 of the opening and the closing meeting: known names are printed, the rest is left blank. */
export function signIn(doc: Doc): Block[] {
  return (['opening', 'closing'] as const).flatMap((kind): Block[] => {
    const { w, d } = doc
    const held = heldOf(doc, kind)[0] ?? null
    return [
      titleBlock(doc, 'signIn', d.signIn(w.meetingKinds[kind])),
      aboutMeeting(doc, held),
      {
        kind: 'table',
        caption: '',
        dense: false,
        rowHeight: ROW,
        columns: columns([d.signInOrder, w.name, d.unitAndPost, d.signColumn, w.note], [8, 17, 35, 25, 15], 'cllll'),
        rows: attendance(doc, held),
      },
    ]
  })
}

function attendance(doc: Doc, held: Meeting | null): TableRow[] {
  const { w, task } = doc
  const sides = (['team', 'enterprise', 'observer'] as const).map((side) => {
    const came = (held?.attendance ?? []).filter((a) => a.side === side).map((a) => [a.name, a.post] as const)
    const planned = task.team
      .filter((m) => side !== 'enterprise' && (m.role === 'observer') === (side === 'observer'))
      .filter((m) => !came.some(([name]) => name === m.name))
      .map((m) => [m.name, joined([m.unit, w.roles[m.role]], w.joint)] as const)
    const spare = side === 'enterprise' ? Math.max(2, BLANK_ENTERPRISE_ROWS - came.length) : side === 'observer' ? 1 : 0
    const people = [...came, ...planned, ...Array.from({ length: spare }, () => ['', ''] as const)]
    return { side, people }
  })
  let n = 0
  return sides.flatMap(({ side, people }) => [
    groupRow(w.sides[side]),
    ...people.map(([name, post]) => row(String(++n), name, post, '', '')),
  ])
}

/** 会议记录 of every kind of meeting: what was recorded, or the agenda and room to write. */
export function minutes(doc: Doc): Block[] {
  return (['opening', 'team', 'closing'] as const).flatMap((kind): Block[] => {
    const held = heldOf(doc, kind)
    return held.length > 0 ? held.flatMap((m) => minutesOf(doc, kind, m)) : minutesOf(doc, kind, null)
  })
}

function minutesOf(doc: Doc, kind: Kind, held: Meeting | null): Block[] {
  const { w, d, template } = doc
  const agenda = kind === 'team' ? [] : kind === 'opening' ? template.openingAgenda : template.closingAgenda
  const present = (held?.attendance ?? [])
    .map((a) => (isFilled(a.post) ? `${a.name}${w.aside(a.post)}` : a.name))
    .join(w.joint)
  const clock: [string, string][] = isFilled(held?.clockNote ?? '') ? [[w.clockNote, held?.clockNote ?? '']] : []
  return [
    titleBlock(doc, 'minutes', d.minutesOf(w.meetingKinds[kind])),
    aboutMeeting(doc, held, [w.attendance, present], ...clock),
    ...(agenda.length > 0 ? [heading(2, d.agenda), { kind: 'list' as const, items: agenda.map(doc.say) }] : []),
    heading(2, d.minutes),
    ...(held && isFilled(held.minutes) ? [body(held.minutes)] : [writing('', kind === 'team' ? 14 : 8)]),
    sign('', { label: d.recorder, lines: areaOf(doc, 'lead').lines, seal: null }, areaOf(doc, 'lead')),
  ]
}

/** 廉洁纪律反馈表: to the enterprise, straight to the organiser. */
export function integrityFeedback(doc: Doc): Block[] {
  const { d, words } = doc
  const { integrityPledge, integrityQuestions, integrityContact } = words.documents
  return [
    titleBlock(doc, 'integrity'),
    body(d.integrityIntro),
    form(2, [
      [doc.w.enterprise, doc.task.enterprise.name],
      [doc.w.taskNumber, doc.task.number],
      [doc.w.visitDates, datesOf(doc)],
    ]),
    body(doc.say(integrityPledge)),
    {
      kind: 'table',
      caption: '',
      dense: false,
      rowHeight: 24,
      columns: columns([d.signInOrder, d.question, ''], [8, 66, 26], 'clc'),
      rows: integrityQuestions.map((q, n) => row(String(n + 1), doc.say(q), d.yesNo)),
    },
    writing(d.explain, 2),
    body(d.satisfaction),
    writing(d.otherAdvice, 1),
    sign(doc.say(integrityContact), {
      label: d.filledInBy,
      lines: d.filledInLines,
      seal: null,
    }),
  ]
}

/** The meetings held, a line each; the dates of the visit where none is recorded. */
export const meetingsLine = (doc: Doc): string =>
  doc.meetings.map((m) => joined([doc.w.meetingKinds[m.kind], timeText(m.at), m.place], ' ')).join('\n') || datesOf(doc)
