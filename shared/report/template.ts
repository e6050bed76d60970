import { z } from 'zod'
import { parseWith, duplicates, type Problem } from '../domain/problem.ts'
import { CATEGORIES } from '../domain/template.ts'
import { freeText, id, text } from '../domain/text.ts'

/** Who can sign a report. */
export const SIGNATORIES = ['lead', 'observer', 'experts', 'enterprise', 'organiser'] as const
export type Signatory = (typeof SIGNATORIES)[number]

const reportTemplate = z.strictObject({
  type: z.literal('urn:youpin-onsite:report-template'),
  version: z.literal(1),
  id,
  category: z.enum(CATEGORIES),
  titles: z.strictObject({ report: text, correction: text }),
  /** Stands at the head instead of the organiser's name of the task; empty for that name. */
  mark: text,
  /** Not drawn yet: becomes more than null when `version` does. */
  logo: z.null(),
  coverLines: z.array(text),
  /** Said at the beginning of a chapter, by the chapter's number. */
  paragraphs: z.array(z.strictObject({ chapter: z.int().min(1).max(16), text })),
  sampling: text,
  /** Printed where the lead named no recipients. */
  distribution: z.array(text),
  signNote: text,
  signatures: z.array(
    z.strictObject({ who: z.enum(SIGNATORIES), label: text, lines: z.array(text), seal: text.nullable() }),
  ),
  documents: z.strictObject({
    noticeDuties: z.array(text),
    integrityPledge: text,
    integrityQuestions: z.array(text),
    integrityContact: text,
    confirmNote: text,
  }),
})
/**
 * What a report and the separate documents say and leave room for, beside the facts of a visit: titles, marks, standing
 * paragraphs, signature areas. One is built in for each category; the task's category alone chooses it.
 */
export type ReportTemplate = z.infer<typeof reportTemplate>

function checkReportTemplate(t: ReportTemplate): Problem[] {
  const problems: Problem[] = []
  for (const d of duplicates(t.paragraphs.map((p) => String(p.chapter)))) {
    problems.push({ path: `paragraphs.${d}`, code: 'duplicateId', message: d })
  }
  for (const d of duplicates(t.signatures.map((s) => s.who))) {
    problems.push({ path: `signatures.${d}`, code: 'duplicateId', message: d })
  }
  return problems
}

export const parseReportTemplate = parseWith<ReportTemplate>(reportTemplate, checkReportTemplate)

/** A person's own words for separate documents; empty ones leave the built-in words. They never touch a report. */
export const ownWords = z.strictObject({
  mark: freeText.max(200),
  noticeDuties: freeText.max(4000),
  integrityContact: freeText.max(1000),
  confirmNote: freeText.max(2000),
})
export type OwnWords = z.infer<typeof ownWords>
export const NO_OWN_WORDS: OwnWords = { mark: '', noticeDuties: '', integrityContact: '', confirmNote: '' }

/** The template with a person's words in place of its own, in whatever language is printed. */
export function withOwnWords(t: ReportTemplate, own: OwnWords): ReportTemplate {
  const or = (typed: string, builtIn: { zh: string; en: string }) =>
    typed.trim() === '' ? builtIn : { zh: typed.trim(), en: '' }
  const duties = own.noticeDuties.split('\n').flatMap((l) => (l.trim() === '' ? [] : [{ zh: l.trim(), en: '' }]))
  return {
    ...t,
    mark: or(own.mark, t.mark),
    documents: {
      ...t.documents,
      noticeDuties: duties.length > 0 ? duties : t.documents.noticeDuties,
      integrityContact: or(own.integrityContact, t.documents.integrityContact),
      confirmNote: or(own.confirmNote, t.documents.confirmNote),
    },
  }
}
