import type { MergedNonconformity, Result } from '../../domain/result.ts'
import { isPicture, type Media, type Meeting, type Nonconformity } from '../../domain/sheet.ts'
import type { Member, Task } from '../../domain/task.ts'
import { templateItems, type Item, type Template } from '../../domain/template.ts'
import { say, type Text } from '../../domain/text.ts'
import { jcsBytes } from '../../package/jcs.ts'
import { facts, note } from '../blocks.ts'
import { contextOf, type Context, type ReportSheet } from '../context.ts'
import { markOf } from '../front.ts'
import { checkCodeOf, type Block, type Fact, type Language, type ReportModel, type SignatureArea } from '../model.ts'
import type { ReportTemplate } from '../template.ts'
import { clip, headText, spanText } from '../values.ts'
import { wordsOf, type Words } from '../words.ts'
import { DOCUMENT_CODES, type DocumentKind } from './kinds.ts'
import { pageCode } from './page-code.ts'
import { en } from './words-en.ts'
import { zh, type DocumentWords } from './words-zh.ts'

export const documentWordsOf = (language: Language): DocumentWords => (language === 'zh' ? zh : en)

/** Sections of the pocket list (null = all of one's own), each beginning a page, with or without what to look for. */
export type PocketOptions = { sections: string[] | null; ownPages: boolean; hints: boolean }

/**
 * All that separate documents are made of. `visit` is what the lead may see of the merged visit; null = nothing yet. Its
 * `contentSha256` is empty until it is issued: no document names it before.
 */
export type DocumentInput = {
  task: Task
  template: Template
  words: ReportTemplate
  language: Language
  /** The person the documents are made by; a lead makes them for the whole team. */
  me: Member
  visit: { result: Result; sheets: readonly ReportSheet[]; contentSha256: string; isIssued: boolean } | null
  /** From one's own sheet; `acceptedAt`: when the declaration was accepted. */
  own: {
    nonconformities: readonly Nonconformity[]
    meetings: readonly Meeting[]
    media: readonly Media[]
    acceptedAt: string | null
  }
  pocket: PocketOptions
  /** SHA-256 in hex. */
  hash: (bytes: Uint8Array) => string
}

/** A nonconformity as a document shows it, from the team's register or one expert's drafts. */
export type Entry = Nonconformity & Pick<MergedNonconformity, 'deadline' | 'history'> & { verify: string }

/** A photo with its number. */
export type DocFigure = { media: Media; label: string }

/** A document being made: what it is made of, in its language. */
export type Doc = DocumentInput & {
  w: Words
  d: DocumentWords
  say: (text: Text) => string
  items: ReadonlyMap<string, Item>
  isLead: boolean
  /** The archive's view of the merged visit. */
  c: Context | null
  /** What of it may be handed to the enterprise: nothing of mystery visits, faces as its profile says. */
  handed: Context | null
  /** Photos a document to the enterprise may show, with the numbers they have in its report. */
  figures: readonly DocFigure[]
  entries: readonly Entry[]
  /** Entries are one expert's drafts, not the team's. */
  isDraft: boolean
  meetings: readonly Meeting[]
}

/** Everything separate documents are drawn from; only the lead sees what the team has. */
export function docOf(input: DocumentInput): Doc {
  const { template, visit, language, own } = input
  const w = wordsOf(language)
  const d = documentWordsOf(language)
  const isLead = input.me.role === 'lead'
  const seen = isLead ? visit : null
  const handed = seen ? contextOf({ ...input, ...seen, profile: 'enterprise' }) : null
  const entries = handed
    ? handed.result.inputs.nonconformities.map((n) => ({ ...n, verify: w.verifyWays[n.verify] }))
    : own.nonconformities.map((n) => ({ ...n, deadline: null, verify: '', history: [] }))
  return {
    ...input,
    w,
    d,
    say: (text) => say(text, language),
    items: new Map(templateItems(template).map((i) => [i.id, i])),
    isLead,
    c: seen ? contextOf({ ...input, ...seen, profile: 'archive' }) : null,
    handed,
    figures: handed?.figures ?? ownFigures(own, w),
    entries,
    isDraft: seen === null,
    meetings: seen?.result.text.meetings ?? own.meetings,
  }
}

/** One's own photos of nonconformities that are for the report, in the order they are met. */
function ownFigures(own: DocumentInput['own'], w: Words): DocFigure[] {
  const named = [...new Set(own.nonconformities.flatMap((n) => n.media))]
  return named
    .flatMap((sha256) => own.media.filter((m) => m.sha256 === sha256 && m.inReport && isPicture(m)))
    .map((media, n) => ({ media, label: w.figure(n + 1) }))
}

/** A form: facts known so far, the rest left blank with room to write. */
export const form = (columns: 1 | 2, rows: readonly [string, string][]): Block => ({
  kind: 'keyValue',
  columns,
  isForm: true,
  rows: rows.map(([label, value]): Fact => ({ label, value })),
})

/** Room to write by hand, in lines. */
export const writing = (label: string, lines: number): Block => ({ kind: 'writing', label, lines })

/** Signature areas side by side; `note` above them, '' for none. */
export const sign = (note: string, ...areas: SignatureArea[]): Block => ({ kind: 'signature', note, areas })

/** The template's area of the enterprise, the lead or the organiser, with a seal where the template has one. */
export function areaOf(doc: Doc, who: 'lead' | 'enterprise' | 'organiser'): SignatureArea {
  const area = doc.words.signatures.find((s) => s.who === who)
  if (!area) return { label: '', lines: [doc.w.signature], seal: null }
  const seal = area.seal === null ? null : doc.say(area.seal)
  return { label: doc.say(area.label), lines: area.lines.map(doc.say), seal }
}

/** A person outside the team is the office. */
export const memberName = (doc: Doc, personId: string): string =>
  doc.task.team.find((m) => m.personId === personId)?.name ?? doc.w.office

/** Code and title; '' for no item. */
export const itemTitle = (doc: Doc, item: string | null): string => {
  const found = item === null ? undefined : doc.items.get(item)
  return found ? `${found.code} ${doc.say(found.title)}` : ''
}

export const datesOf = ({ w, task }: Doc): string => spanText(w, task.dates.from, task.dates.to)

/** The report number with the letters of the document. */
export const numberOf = ({ task }: Pick<Doc, 'task'>, kind: DocumentKind): string =>
  `${task.reportNumber}-${DOCUMENT_CODES[kind]}`

/** The title with issuer and number. */
export const titleBlock = (doc: Doc, kind: DocumentKind, title = doc.d.titles[kind]): Block => ({
  kind: 'documentTitle',
  mark: clip(markOf(doc), 60),
  title,
  number: `${doc.d.documentNumber}${doc.w.colon}${numberOf(doc, kind)}`,
})

/** What every document says of the visit first; the result's check code once there is one. */
export function visitFacts(doc: Doc): Block[] {
  const { w, d, task, visit } = doc
  const lead = task.team.find((m) => m.role === 'lead')?.name ?? ''
  return [
    ...facts(2, [
      [w.enterprise, task.enterprise.name],
      [w.products, clip(task.scope.products, 120)],
      [w.uscc, task.enterprise.uscc],
      [w.taskNumber, task.number],
      [w.reportNumber, task.reportNumber],
      [w.visitType, w.visitTypes[task.visitType]],
      [w.visitDates, datesOf(doc)],
      [d.lead, lead],
      [d.resultCode, visit?.isIssued === true && doc.isLead ? checkCodeOf(visit.contentSha256) : ''],
    ]),
    ...(task.sample || doc.template.sample ? [note(w.sampleMark)] : []),
  ]
}

/** Puts blocks under one number and check code: the code follows from everything the document says. */
export function documentModel(doc: Doc, kind: DocumentKind, blocks: Block[]): ReportModel {
  const { w, d, task, template, visit, language } = doc
  const title = d.titles[kind]
  const number = numberOf(doc, kind)
  const own = doc.hash(jcsBytes({ document: kind, language, number, taskId: task.taskId, blocks }))
  const code = checkCodeOf(own)
  const isSample = task.sample || template.sample
  return {
    language,
    profile: 'archive',
    title,
    reportNumber: number,
    checkCode: code,
    contentSha256: own,
    issuedAt: visit?.isIssued === true && doc.isLead ? visit.result.issuedAt : task.issuedAt,
    header: { left: headText(title, task.enterprise.name), right: isSample ? w.sampleShort : '' },
    footer: { left: `${d.documentNumber} ${number}`, page: w.page, right: `${d.documentCode} ${code}` },
    pageCode: pageCode(task.taskId, kind, code),
    ...(kind === 'pocket' ? { isDuplex: true } : {}),
    blocks,
  }
}
