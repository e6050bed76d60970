import { z } from 'zod'
import { parseWith, duplicates, type Problem } from '../domain/problem.ts'
import { CATEGORIES, type ProfileName } from '../domain/template.ts'
import { freeText, hash, id, text } from '../domain/text.ts'

/** Name of the template inside a PDF made with one that is not built in. */
export const ENCLOSED_TEMPLATE = 'report-template.json'

/** Who can sign a report. */
export const SIGNATORIES = ['lead', 'observer', 'experts', 'enterprise', 'organiser'] as const
export type Signatory = (typeof SIGNATORIES)[number]

/** Chapters of a report by the numbers the checklist's profiles name them with. */
export const CHAPTER_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const
/** No template may leave these out: what it is about, vetoes, nonconformities, conclusion, signatures. */
export const REQUIRED_CHAPTERS: readonly number[] = [1, 5, 10, 12, 15]
/** Longest side of a logo in pixels, and the most characters of its bytes in base64. */
export const LOGO_PIXELS = 900
const MOST_LOGO_BASE64 = 260_000

const logo = z.strictObject({
  sha256: hash,
  width: z.int().min(1).max(LOGO_PIXELS),
  height: z.int().min(1).max(LOGO_PIXELS),
  /** Bytes of the picture, a JPEG on white, in base64; `sha256` is theirs. */
  jpeg: z.base64().min(1).max(MOST_LOGO_BASE64),
})
export type Logo = z.infer<typeof logo>

const texts = z.array(text).max(40)
/** Chapters shown, in this order; null = all that the checklist's profile shows, in their own order. */
const chapterList = z.array(z.int().min(1).max(CHAPTER_NUMBERS.length)).max(CHAPTER_NUMBERS.length).nullable()

/** The closed shape; `parseReportTemplate` also checks what a shape cannot say. */
export const reportTemplate = z.strictObject({
  type: z.literal('urn:youpin-onsite:report-template'),
  version: z.literal(2),
  id,
  edition: z.int().min(1),
  name: text,
  category: z.enum(CATEGORIES),
  titles: z.strictObject({ report: text, correction: text }),
  /** Stands at the head instead of the organiser's name of the task; empty for that name. */
  mark: text,
  logo: logo.nullable(),
  coverLines: texts,
  chapters: z.strictObject({ committee: chapterList, archive: chapterList, enterprise: chapterList }),
  /** Said at the beginning of a chapter, by the chapter's number. */
  paragraphs: z.array(z.strictObject({ chapter: z.int().min(1).max(16), text })),
  sampling: text,
  /** Printed where the lead named no recipients. */
  distribution: texts,
  signNote: text,
  signatures: z.array(
    z.strictObject({ who: z.enum(SIGNATORIES), label: text, lines: z.array(text).max(8), seal: text.nullable() }),
  ),
  documents: z.strictObject({
    noticeDuties: texts,
    integrityPledge: text,
    integrityQuestions: texts,
    integrityContact: text,
    confirmNote: text,
  }),
})
/**
 * What a report and the separate documents say and leave room for, beside the facts of a visit: titles, marks, a logo, which
 * chapters in which order, standing paragraphs, signature areas. One is built in for each category; a lead may use an own one.
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
  for (const [profile, list] of Object.entries(t.chapters)) {
    if (list === null) continue
    for (const d of duplicates(list.map(String))) {
      problems.push({ path: `chapters.${profile}`, code: 'duplicateId', message: d })
    }
    for (const chapter of REQUIRED_CHAPTERS) {
      if (list.includes(chapter)) continue
      problems.push({ path: `chapters.${profile}`, code: 'requiredChapter', message: String(chapter) })
    }
  }
  return problems
}

/** Chapters of a profile in the template's order; what the checklist does not let the profile show is not shown either. */
export const chaptersOf = (t: ReportTemplate, profile: ProfileName, allowed: readonly number[]): number[] =>
  (t.chapters[profile] ?? CHAPTER_NUMBERS).filter((n) => allowed.includes(n))

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
