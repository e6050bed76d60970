import { body, columns, facts, heading, note, row, table } from '../blocks.ts'
import { samples } from '../findings.ts'
import { checkCodeOf, type Block, type SignatureArea } from '../model.ts'
import { dayText, isFilled, joined, timeText } from '../values.ts'
import { carryOver } from '../visit.ts'
import {
  areaOf,
  datesOf,
  form,
  itemTitle,
  sign,
  titleBlock,
  visitFacts,
  writing,
  type Doc,
  type DocFigure,
  type Entry,
} from './context.ts'
import { meetingsLine } from './meetings.ts'

const WRITE_ROW = 27

const deadlineOf = (doc: Doc, n: Entry): string => (n.deadline === null ? '' : dayText(doc.w, n.deadline))

/** 不符合项报告: the list, then a page for each; blank ones where nothing is recorded. */
export function nonconformities(doc: Doc): Block[] {
  const { w, d, entries } = doc
  const rows = entries.map((n, i) =>
    row(String(i + 1), itemTitle(doc, n.item), w.ncKinds[n.kind], n.evidence, deadlineOf(doc, n)),
  )
  const blank = Array.from({ length: 6 }, (_, i) => row(String(i + 1), '', '', '', ''))
  if (doc.c !== null && rows.length === 0) {
    const none = note(w.noNonconformities)
    return [titleBlock(doc, 'nonconformities'), ...visitFacts(doc), none, sign('', enterpriseFacts(doc), teamArea(doc))]
  }
  return [
    titleBlock(doc, 'nonconformities'),
    ...visitFacts(doc),
    ...(doc.isDraft && entries.length > 0 ? [note(d.draftNote)] : []),
    heading(2, d.ncList),
    {
      kind: 'table',
      caption: '',
      dense: false,
      rowHeight: WRITE_ROW,
      columns: columns([d.signInOrder, w.item, d.grade, d.fact, w.deadline], [6, 22, 14, 40, 18], 'clclc'),
      rows: rows.length > 0 ? rows : blank,
    },
    ...(entries.length > 0 ? entries.flatMap((n, i) => entryPage(doc, n, i + 1)) : entryPage(doc, null, 1)),
  ]
}

const enterpriseFacts = (doc: Doc): SignatureArea => ({
  label: doc.d.confirmFact,
  lines: doc.d.confirmLines,
  seal: areaOf(doc, 'enterprise').seal,
})
const teamArea = ({ d }: Doc): SignatureArea => ({ label: d.foundBy, lines: d.foundLines, seal: null })

function entryPage(doc: Doc, n: Entry | null, number: number): Block[] {
  const { w, d } = doc
  return [
    { kind: 'pageBreak' },
    heading(1, n === null ? d.ncBlank : d.ncPage(number)),
    form(2, [
      [w.enterprise, doc.task.enterprise.name],
      [w.reportNumber, doc.task.reportNumber],
      [w.item, n === null ? '' : itemTitle(doc, n.item)],
      [d.grade, n === null ? d.gradeBoxes : w.ncKinds[n.kind]],
      [w.where, n?.where ?? ''],
      [w.when, n?.when ?? ''],
      [w.sample, n?.sample ?? ''],
      [d.photos, n === null ? '' : photosText(doc, n)],
    ]),
    form(1, [[w.requirement, n?.requirement ?? ''], ...(n === null ? [] : [[d.fact, n.evidence] as [string, string]])]),
    form(2, [
      [w.deadline, n === null ? '' : deadlineOf(doc, n)],
      [w.verify, n === null || n.verify === '' ? d.verifyBoxes : n.verify],
      [w.confirmedBy, n?.confirmedBy ?? ''],
    ]),
    ...(n === null ? [writing(d.fact, 6)] : entryPhotos(doc, n)),
    sign('', enterpriseFacts(doc), teamArea(doc)),
  ]
}

const figuresOf = ({ figures }: Doc, n: Entry): DocFigure[] => {
  const named = new Set(n.media)
  return figures.filter(({ media }) => named.has(media.sha256) || named.has(media.derivedFrom ?? ''))
}

/** Numbers of the photos shown, and how many are kept as evidence only. */
function photosText(doc: Doc, n: Entry): string {
  const { w, d } = doc
  const shown = figuresOf(doc, n)
  const kept = n.media.filter((hash) => !shown.some(({ media }) => media.sha256 === hash || media.derivedFrom === hash))
  const numbers = shown.map((f) => f.label).join(w.joint)
  return joined([numbers, kept.length === 0 ? '' : d.photosKept(kept.length)], w.stop)
}

/** The photos themselves, before the signatures that confirm them. */
function entryPhotos(doc: Doc, n: Entry): Block[] {
  const { w } = doc
  const photos = figuresOf(doc, n).map(({ media, label }) => ({
    sha256: media.sha256,
    figure: label,
    caption: media.caption,
    lines: [
      media.exifAt === null
        ? w.photoImported(timeText(media.importedAt))
        : w.photoTaken(media.exifAt.slice(0, 16).replace('T', ' ')),
      w.photoCode(checkCodeOf(media.sha256)),
    ],
  }))
  return photos.length === 0 ? [] : [{ kind: 'photoSheet', missing: w.photoMissing, photos }]
}

/** 现场情况确认单: facts only. Nothing that was judged stands in it: no scores, grades, opinion, strengths or gaps. */
export function confirmation(doc: Doc): Block[] {
  const { w, d, handed: c, task, words } = doc
  const sites = task.scope.sites.map((s) => s.name).join(w.joint)
  return [
    titleBlock(doc, 'confirmation'),
    body(doc.say(words.documents.confirmNote)),
    ...visitFacts(doc),
    heading(2, d.confirmationFacts),
    form(1, [
      [d.visited, sites],
      [d.meetingsHeld, meetingsLine(doc)],
    ]),
    heading(2, d.documentsSeen),
    ...seen(doc),
    heading(2, d.samplesSeen),
    ...(c ? samples(c) : blankTable([w.item, w.population, w.sampleId, w.result], 3)),
    heading(2, d.factsSeen),
    ...sectionFacts(doc),
    heading(2, d.ncFacts),
    ...ncFacts(doc),
    ...(task.carryOver.length > 0 ? [heading(2, d.carryOverSeen), ...(c ? carryOver(c) : openQuestions(doc))] : []),
    heading(2, d.statementHeading(task.carryOver.length > 0 ? 7 : 6)),
    sign(w.statementBlank, { label: w.statementLines, lines: ['', '', ''], seal: null }, areaOf(doc, 'enterprise')),
    sign('', areaOf(doc, 'lead')),
  ]
}

function blankTable(titles: string[], count: number): Block[] {
  const rows = Array.from({ length: count }, () => row(...titles.map(() => '')))
  const cols = columns(
    titles,
    titles.map(() => 1),
    '',
  )
  return [{ kind: 'table', caption: '', dense: false, rowHeight: WRITE_ROW, columns: cols, rows }]
}

/** Documents seen and positions of people met, over all sheets, each once. */
function seen(doc: Doc): Block[] {
  const { w, d, handed: c } = doc
  if (!c) return [...blankTable([d.documentName, w.number, d.documentDate], 4), form(1, [[d.peopleMet, '']])]
  const answers = c.counted.flatMap((s) => s.sheet.answers)
  const documents = new Map(answers.flatMap((a) => a.documents.map((x) => [JSON.stringify(x), x] as const)))
  const people = [...new Set(answers.flatMap((a) => a.people).filter(isFilled))]
  const rows = [...documents.values()].map((x) => row(x.name, x.number, x.date))
  const cols = columns([d.documentName, w.number, d.documentDate], [5, 3, 2], 'lll')
  return [
    ...(rows.length > 0 ? table(cols, rows, { dense: true }) : [note(d.noRecord)]),
    form(1, [[d.peopleMet, people.join(w.joint)]]),
  ]
}

function sectionFacts(doc: Doc): Block[] {
  const { handed: c, d, template } = doc
  if (!c) return [writing(d.handWritten, 6)]
  const said = template.sections.flatMap((s): Block[] => {
    const fact = c.result.text.sections.find((x) => x.section === s.id)?.facts ?? ''
    return isFilled(fact) ? [{ kind: 'labelled', label: `${s.code} ${doc.say(s.title)}`, text: fact }] : []
  })
  return said.length > 0 ? said : [note(d.noRecord)]
}

function ncFacts(doc: Doc): Block[] {
  const { w, d, handed: c, entries } = doc
  if (!c) return blankTable([d.signInOrder, w.item, d.fact, w.where], 3)
  if (entries.length === 0) return [note(w.noNonconformities)]
  const rows = entries.map((n, i) =>
    row(String(i + 1), itemTitle(doc, n.item), n.evidence, joined([n.where, n.when], '\n')),
  )
  return table(columns([d.signInOrder, w.item, d.fact, w.where], [7, 28, 43, 22], 'clll'), rows)
}

const openQuestions = ({ w, task }: Doc): Block[] =>
  table(
    columns([w.question, w.verified], [1, 1], 'll'),
    task.carryOver.map((q) => row(q.question, '')),
  )

const toCorrect = (doc: Doc): { n: Entry; number: number }[] =>
  doc.entries.flatMap((n, i) => (n.kind === 'observation' ? [] : [{ n, number: i + 1 }]))

/** 整改报告: the form the enterprise fills in. */
export function rectification(doc: Doc): Block[] {
  const { w, d } = doc
  const due = toCorrect(doc)
  const pages = due.length > 0 ? due : [{ n: null, number: 1 }]
  return [
    titleBlock(doc, 'rectification'),
    body(d.rectifyIntro),
    ...visitFacts(doc),
    ...table(
      columns([d.signInOrder, w.item, d.grade, w.deadline, w.verify], [7, 41, 16, 20, 16], 'clccc'),
      due.map(({ n, number }) =>
        row(String(number), itemTitle(doc, n.item), w.ncKinds[n.kind], deadlineOf(doc, n), n.verify),
      ),
    ),
    sign('', { label: d.handedIn, lines: d.handedInLines, seal: areaOf(doc, 'enterprise').seal }),
    ...pages.flatMap(({ n, number }): Block[] => [
      { kind: 'pageBreak' },
      heading(1, d.ncPage(number)),
      form(1, [
        [w.item, n === null ? '' : itemTitle(doc, n.item)],
        [d.fact, n?.evidence ?? ''],
      ]),
      writing(d.cause, 4),
      writing(d.correction, 4),
      writing(d.corrective, 4),
      writing(d.proof, 3),
      form(2, [
        [d.responsible, ''],
        [d.finishedOn, ''],
      ]),
    ]),
  ]
}

/** 整改验证: an addendum to the report, with what happened so far. */
export function verification(doc: Doc): Block[] {
  const { w, d } = doc
  const due = toCorrect(doc)
  const pages = due.length > 0 ? due : [{ n: null, number: 1 }]
  return [
    titleBlock(doc, 'verification'),
    body(d.verificationIntro(doc.task.reportNumber)),
    ...facts(2, [
      [w.enterprise, doc.task.enterprise.name],
      [w.reportNumber, doc.task.reportNumber],
      [w.visitDates, datesOf(doc)],
    ]),
    ...(doc.task.sample || doc.template.sample ? [note(w.sampleMark)] : []),
    ...pages.flatMap(({ n, number }, at): Block[] => [
      ...(at === 0 ? [] : [{ kind: 'pageBreak' as const }]),
      heading(2, d.ncPage(number)),
      form(2, [
        [w.item, n === null ? '' : itemTitle(doc, n.item)],
        [d.fact, n?.evidence ?? ''],
        [w.deadline, n === null ? '' : deadlineOf(doc, n)],
        [w.verify, n === null || n.verify === '' ? d.verifyBoxes : n.verify],
        [w.state, n === null ? '' : w.ncStates[n.state]],
        [d.finishedOn, ''],
      ]),
      ...table(
        columns([w.time, w.state, w.note, w.handledBy], [22, 16, 44, 18], 'ccll'),
        (n?.history ?? []).map((h) => row(timeText(h.at), w.ncStates[h.state], h.note, h.by)),
        { caption: w.history },
      ),
      writing(d.received, 2),
      body(joined([d.verdict, d.verdictBoxes], w.colon)),
      writing('', 2),
    ]),
    sign(
      '',
      { label: d.verifier, lines: d.verifierLines, seal: null },
      { label: d.lead, lines: d.leadLines, seal: null },
    ),
  ]
}
