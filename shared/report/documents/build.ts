import type { Block, ReportModel } from '../model.ts'
import { assignedItems } from '../../domain/task.ts'
import { assignment, declaration, notice, schedule } from './before.ts'
import { docOf, documentModel, type Doc, type DocumentInput } from './context.ts'
import { confirmation, nonconformities, rectification, verification } from './findings.ts'
import { OWN_KINDS, PACK_KINDS, type DocumentKind, type Lack } from './kinds.ts'
import { integrityFeedback, minutes, signIn } from './meetings.ts'
import { pocket } from './pocket.ts'
import { signatures, summary } from './team.ts'

const DRAW: Record<DocumentKind, (doc: Doc) => Block[]> = {
  notice,
  assignment,
  schedule,
  declaration,
  pocket,
  signIn,
  minutes,
  nonconformities,
  confirmation,
  summary,
  signatures,
  rectification,
  integrity: integrityFeedback,
  verification,
}

/** Without a merged visit these two would say nothing. */
const NEED_VISIT: readonly DocumentKind[] = ['summary', 'signatures']

/** Documents a person can make in this visit: a lead all, an expert those that need no colleague's data, an observer none. */
export const kindsFor = ({ me }: Pick<DocumentInput, 'me'>): readonly DocumentKind[] =>
  me.role === 'lead' ? (Object.keys(DRAW) as DocumentKind[]) : me.role === 'expert' ? OWN_KINDS : []

/** One document, complete; null when the person may not make it or there is nothing for it yet. Pure. */
export function buildDocument(kind: DocumentKind, input: DocumentInput): ReportModel | null {
  const doc = docOf(input)
  return canMake(kind, doc) ? documentModel(doc, kind, DRAW[kind](doc)) : null
}

function canMake(kind: DocumentKind, doc: Doc): boolean {
  if (!kindsFor(doc).includes(kind)) return false
  if (kind === 'pocket') return assignedItems(doc.me, doc.template).length > 0
  return doc.c !== null || !NEED_VISIT.includes(kind)
}

/** 签字材料包: the papers of the closing meeting, each a document of its own; those not ready yet are left out. */
export const buildPack = (input: DocumentInput): ReportModel[] =>
  PACK_KINDS.flatMap((kind) => buildDocument(kind, input) ?? [])

/** The person's documents with what is still missing; they are made all the same, with blanks, unless `isReady` is false. */
export function readiness(input: DocumentInput): { kind: DocumentKind; isReady: boolean; lacks: Lack[] }[] {
  const doc = docOf(input)
  const { visit, task } = doc
  const merged: Lack[] = visit === null ? ['ownSheetFirst'] : visit.sheets.length === 0 ? ['noSheets'] : []
  const settled = visit?.result.merge.status === 'closed'
  const register: Lack[] = doc.entries.length === 0 ? ['noNonconformities'] : []
  const lacks: Record<DocumentKind, Lack[]> = {
    notice: task.schedule.length === 0 ? ['noSchedule'] : [],
    assignment: task.schedule.length === 0 ? ['noSchedule'] : [],
    schedule: task.schedule.length === 0 ? ['noSchedule'] : [],
    declaration: doc.own.acceptedAt === null ? ['notDeclared'] : [],
    pocket: assignedItems(doc.me, doc.template).length === 0 ? ['nothingAssigned'] : [],
    signIn: doc.meetings.length === 0 ? ['noMeetings'] : [],
    minutes: doc.meetings.length === 0 ? ['noMeetings'] : [],
    nonconformities: doc.isLead ? [...merged, ...register] : register,
    confirmation: merged,
    summary: [...merged, ...(settled ? [] : (['notSettled'] as const)), ...issued(visit)],
    signatures: [...merged, ...issued(visit)],
    rectification: [...merged, ...register],
    integrity: [],
    verification: [...merged, ...issued(visit), ...register],
  }
  return kindsFor(doc).map((kind) => ({ kind, isReady: canMake(kind, doc), lacks: lacks[kind] }))
}

const issued = (visit: DocumentInput['visit']): Lack[] => (visit !== null && !visit.isIssued ? ['notIssued'] : [])
