import { z } from 'zod'
import type { Finding, FindingCode } from '../checklist/finding.ts'
import type { Layered } from '../domain/layers.ts'
import { CATEGORIES, type Template } from '../domain/template.ts'
import { hash, uuid } from '../domain/text.ts'
import type { cellProblems } from '../text/template-cells.ts'
import { method, none, returns } from './method.ts'
import type { Exported, TemplateCard } from './views.ts'

/** A checklist in the making. `findings` as of `updatedAt`; an empty list of errors may be issued. */
export type TemplateDraftView = { draftId: string; content: Template; findings: Finding[]; updatedAt: string }
export type TemplateDraftCard = Pick<
  TemplateCard,
  'number' | 'edition' | 'category' | 'title' | 'counts' | 'totalFull_cp'
> & {
  draftId: string
  errors: number
  updatedAt: string
}

/** Where a new draft begins. `edition`: the next one of the same number, `previous` set; `copy`: a number of its own. */
export const draftSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('blank'), category: z.enum(CATEGORIES) }),
  z.strictObject({ kind: z.literal('edition'), sha256: hash }),
  z.strictObject({ kind: z.literal('copy'), sha256: hash }),
])

export type AddOnCard = {
  sha256: string
  number: string
  edition: number
  category: Template['category']
  title: Template['title']
  sample: boolean
  base: { number: string; edition: number }
  counts: { moves: number; sections: number; items: number }
}

/** A worksheet as the import shows it: at most the first 60 rows, texts only. */
export type OpenedSheet = { name: string; rows: string[][]; rowCount: number; columnCount: number; isHidden: boolean }

/** A file opened for import. `kind` ours: a checklist this app wrote, or its item table alone; nothing to map. `guess` is the remembered or likely mapping. */
export type OpenedWorkbook = {
  token: string
  fileName: string
  kind: 'ours' | 'xlsform' | 'foreign'
  sheets: OpenedSheet[]
  guess: ChecklistMapping | null
  isRemembered: boolean
}

export const MAPPED_FIELDS = [
  'sectionCode',
  'sectionTitle',
  'group',
  'code',
  'title',
  'titleEn',
  'type',
  'points',
  'basis',
  'evidence',
  'guidance',
  'method',
  'starred',
  'allowNA',
] as const
export type MappedField = (typeof MAPPED_FIELDS)[number]

/** How a foreign sheet is read. Rows and columns from 0; `headRows` = rows of the (multi-row) head, ending before `firstRow`. */
export const checklistMapping = z.strictObject({
  sheet: z.string().max(200),
  headRow: z.int().min(0).max(10_000),
  firstRow: z.int().min(0).max(10_000),
  lastRow: z.int().min(0).max(1_048_576).nullable(),
  columns: z.partialRecord(z.enum(MAPPED_FIELDS), z.int().min(0).max(1000)),
  /** Where sections stand: in columns of their own, as rows that hold only a heading, or nowhere. */
  sections: z.enum(['columns', 'rows', 'none']),
  /** The type of an item whose row names none. */
  type: z.enum(['conformity', 'points', 'maturity']),
  category: z.enum(CATEGORIES),
  number: z.string().max(200),
  title: z.string().max(200),
})
export type ChecklistMapping = z.infer<typeof checklistMapping>

/** What the readers report, or what the checklist's own rules find: both have words. */
export type CellProblemCode = keyof typeof cellProblems | FindingCode

/** Something in the file that could not be taken as it is; `cell` like `B12`. `severity` error: the row was left out. */
export type CellProblem = {
  sheet: string
  cell: string
  code: CellProblemCode
  value: string
  severity: 'error' | 'warning'
}

export type ImportPreview = {
  content: Template
  problems: CellProblem[]
  counts: { sections: number; scored: number; veto: number; gate: number; leftOut: number }
  /** Sum of the points found; `stated` = a total the file itself names, null when it names none. Centi-points. */
  total: { found_cp: number; stated_cp: number | null }
}

const draft = z.strictObject({ draftId: uuid })
const job = uuid

/** Making checklists: drafts, editions, layers. Anybody unlocked may. */
export const templateMethods = {
  'template.list': method(none, returns<TemplateCard[]>()),
  'template.get': method(z.strictObject({ sha256: hash }), returns<Template>()),

  'template.drafts': method(none, returns<TemplateDraftCard[]>()),
  'template.draft': method(draft, returns<TemplateDraftView>()),
  'template.newDraft': method(z.strictObject({ from: draftSource }), returns<TemplateDraftView>()),
  /** `json`: the content as JSON text, which crosses into this process many times faster than the same as an object. */
  'template.saveDraft': method(
    z.strictObject({ draftId: uuid, json: z.string().max(32_000_000) }),
    returns<{ savedAt: string }>(),
  ),
  'template.removeDraft': method(draft, returns<null>()),
  /** Freezes the draft for ever and removes it. Fails with invalid (findings of severity error), alreadyExists (number and edition). */
  'template.issue': method(draft, returns<TemplateCard>()),

  'template.addOns': method(none, returns<AddOnCard[]>()),
  'template.layer': method(z.strictObject({ base: hash, addOn: hash }), returns<Layered>()),
  /** Issues the merged checklist. Fails with invalid (the conflicts). */
  'template.adoptLayered': method(z.strictObject({ base: hash, addOn: hash }), returns<TemplateCard>()),
} as const

/** The same checklists as spreadsheets. */
export const workbookMethods = {
  'workbook.open': method(z.strictObject({ job }), returns<OpenedWorkbook | null>()),
  'workbook.preview': method(
    z.strictObject({ token: uuid, mapping: checklistMapping.nullable(), job }),
    returns<ImportPreview>(),
  ),
  /** Makes a draft of the import and remembers the mapping for files with the same head. */
  'workbook.accept': method(
    z.strictObject({ token: uuid, mapping: checklistMapping.nullable(), job }),
    returns<TemplateDraftView>(),
  ),
  'workbook.dismiss': method(z.strictObject({ token: uuid }), returns<null>()),
  'workbook.exportTemplate': method(
    z.strictObject({
      source: z.union([z.strictObject({ sha256: hash }), draft]),
      format: z.enum(['xlsx', 'csv', 'form']),
      job,
    }),
    returns<Exported | null>(),
  ),
  /** The person's own sheet with the reasons of every number. */
  'workbook.exportSheet': method(z.strictObject({ taskId: uuid, job }), returns<Exported | null>()),
  /** The lead's: scores per expert, merged, deviations, nonconformities, why-tree. */
  'workbook.exportTeam': method(z.strictObject({ taskId: uuid, job }), returns<Exported | null>()),
} as const
