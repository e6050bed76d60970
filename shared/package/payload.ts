import type { Inputs, Result } from '../domain/result.ts'
import type { Counts } from '../domain/roster.ts'
import type { Sheet } from '../domain/sheet.ts'
import { assignedItems, type Task } from '../domain/task.ts'
import { templateItems, type Template } from '../domain/template.ts'
import { jcsBytes } from './jcs.ts'

/** A sealed sheet inside a result, with its package digest. */
export type SheetOf = { digest: string; sheet: Sheet }

/** The documents of one package. A result carries every sheet it uses, in order of digest. */
export type PackageDocuments = { task: Task; template: Template } & (
  | { kind: 'task' }
  | { kind: 'sheet'; sheet: Sheet }
  | { kind: 'result'; result: Result; sheets: readonly SheetOf[] }
)

/** A piece of evidence the documents name; `ext` and `size` null where they give the hash alone. */
export type ListedMedia = { sha256: string; ext: string | null; size: number | null }

/**
 * Evidence the documents name, by sha256: attachments of a task, a sheet's media list, or everything a result and its sheets
 * name. Withdrawn evidence is not among it: its bytes are gone and that gap is allowed.
 */
export function listedMedia(documents: PackageDocuments): ListedMedia[] {
  const listed = new Map<string, ListedMedia>()
  for (const sha256 of bareReferences(documents)) listed.set(sha256, { sha256, ext: null, size: null })
  const sheets = sheetsOf(documents)
  for (const { sha256, ext, size } of sheets.flatMap((s) => s.media)) listed.set(sha256, { sha256, ext, size })
  for (const { sha256 } of sheets.flatMap((s) => s.withdrawn)) listed.delete(sha256)
  return [...listed.values()].toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
}

function sheetsOf(documents: PackageDocuments): Sheet[] {
  if (documents.kind === 'task') return []
  return documents.kind === 'sheet' ? [documents.sheet] : documents.sheets.map((s) => s.sheet)
}

function bareReferences(documents: PackageDocuments): string[] {
  if (documents.kind === 'task') return documents.task.attachments
  if (documents.kind === 'sheet') return []
  const { inputs, text, closing } = documents.result
  return [
    ...inputs.nonconformities.flatMap((n) => [...n.media, ...n.history.flatMap((h) => h.media)]),
    ...text.carryOver.flatMap((c) => c.media),
    ...text.witnessTests.flatMap((w) => w.media),
    ...text.meetings.flatMap((m) => m.media),
    ...(closing?.signatures.flatMap((s) => s.drawn ?? []) ?? []),
    ...(closing?.scans ?? []),
  ]
}

/**
 * `statement.counts`. items: assigned to the sheet's expert, or all of the template. answered: records in state answered, or
 * items a result settled other than na; 0 for a task. photos: all evidence listed, of any type. nonconformities: of the document.
 */
export function countsOf(documents: PackageDocuments, logLines: number): Counts {
  return { ...contentCounts(documents), photos: listedMedia(documents).length, logLines }
}

function contentCounts(documents: PackageDocuments): Pick<Counts, 'items' | 'answered' | 'nonconformities'> {
  const items = templateItems(documents.template).length
  if (documents.kind === 'task') return { items, answered: 0, nonconformities: 0 }
  if (documents.kind === 'result') {
    const { merge, inputs } = documents.result
    return {
      items,
      answered: merge.items.filter((m) => m.outcome !== 'open' && m.outcome !== 'na').length,
      nonconformities: inputs.nonconformities.length,
    }
  }
  const { sheet, task, template } = documents
  const member = task.team.find((m) => m.personId === sheet.expert.personId)
  return {
    items: member === undefined ? 0 : assignedItems(member, template).length,
    answered: sheet.answers.filter((a) => a.state === 'answered').length,
    nonconformities: sheet.nonconformities.length,
  }
}

/** How a result lists one of the sheets it uses; `sheetSha256` is over the sheet's JCS. */
export function listedSheet(
  { digest, sheet }: SheetOf,
  sha256: (bytes: Uint8Array) => string,
): Inputs['sheets'][number] {
  return { digest, sheetSha256: sha256(jcsBytes(sheet)), personId: sheet.expert.personId, revision: sheet.revision }
}

/** Result without `closing`: what `contentSha256`, the reports' check code and every signature are over (its JCS). */
export function signedContent(result: Result): Omit<Result, 'closing'> {
  const { closing: _, ...content } = result
  return content
}
