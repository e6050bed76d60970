import { z } from 'zod'
import { CATEGORIES, PROFILES, type Template } from '../domain/template.ts'
import { hash, id, type Text } from '../domain/text.ts'
import type { ReportModel } from '../report/model.ts'
import { reportTemplate, type Logo, type ReportTemplate } from '../report/template.ts'
import { method, none, returns } from './method.ts'
import type { Exported } from './views.ts'

/** A report template on this machine; `isUsed`: reports of its category are made with this edition. */
export type ReportTemplateCard = {
  id: string
  name: Text
  category: Template['category']
  isBuiltIn: boolean
  /** The built-in one is used where no own edition is. */
  isUsed: boolean
  /** When the draft was last changed; null when there is nothing unsaved as an edition. */
  draftAt: string | null
  editions: { sha256: string; edition: number; savedAt: string; isUsed: boolean }[]
}

const category = z.enum(CATEGORIES)

/** Operations on report templates of one's own. */
export const reportTemplateMethods = {
  /** Built-in ones first, then one's own, the one worked on last first. */
  'reportTemplate.list': method(none, returns<ReportTemplateCard[]>()),
  /** A new one with the content of the built-in one or of an edition; answers its id. */
  'reportTemplate.create': method(
    z.strictObject({ from: z.union([z.strictObject({ category }), z.strictObject({ sha256: hash })]) }),
    returns<{ id: string }>(),
  ),
  /** What is worked on, else the newest edition; `edition` is the number the next edition gets. */
  'reportTemplate.draft': method(z.strictObject({ id }), returns<{ draft: ReportTemplate; isChanged: boolean }>()),
  'reportTemplate.saveDraft': method(z.strictObject({ draft: reportTemplate }), returns<{ savedAt: string }>()),
  /** Freezes the draft as an edition. Fails with `invalid` (problems by path). */
  'reportTemplate.issue': method(z.strictObject({ id }), returns<{ sha256: string; edition: number }>()),
  /** Reports of a category made from now on use an edition; null = the built-in one. */
  'reportTemplate.use': method(z.strictObject({ category, sha256: hash.nullable() }), returns<null>()),
  'reportTemplate.remove': method(z.strictObject({ id }), returns<null>()),
  /** Asks for a PNG or JPEG and answers it re-encoded and small; null when the dialog was closed. */
  'reportTemplate.logo': method(none, returns<Logo | null>()),
  /** A report of a visit that never was, made with the draft. */
  'reportTemplate.preview': method(
    z.strictObject({ draft: reportTemplate, profile: z.enum(PROFILES), language: z.enum(['zh', 'en']) }),
    returns<ReportModel>(),
  ),
  'reportTemplate.export': method(z.strictObject({ sha256: hash }), returns<Exported | null>()),
  /** Asks for a file; its content becomes an edition, or a draft under a new id where the edition is held with other content. */
  'reportTemplate.import': method(none, returns<{ id: string } | null>()),
} as const
