import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import type {
  ChecklistMapping,
  ImportPreview,
  OpenedSheet,
  OpenedWorkbook,
} from '../../shared/contract/template-methods.ts'
import type { Template } from '../../shared/domain/template.ts'
import type { Language } from '../../shared/report/model.ts'
import { writeCsv } from '../../shared/tabular/csv.ts'
import { importForeign } from '../../shared/tabular/foreign.ts'
import { gridOf, type Grid } from '../../shared/tabular/grid.ts'
import { guessMapping, headSignature } from '../../shared/tabular/guess.ts'
import { scoreForm } from '../../shared/tabular/score-form.ts'
import { sheetWorkbook, type OwnSheet } from '../../shared/tabular/sheet-workbook.ts'
import type { TeamBook } from '../../shared/tabular/team-context.ts'
import { teamWorkbook } from '../../shared/tabular/team-workbook.ts'
import { isOurWorkbook, readTemplateWorkbook } from '../../shared/tabular/template-read.ts'
import { itemSheet, templateWorkbook } from '../../shared/tabular/template-write.ts'
import type { ReadWorkbook, Workbook } from '../../shared/tabular/workbook.ts'
import { isXlsForm, readXlsForm } from '../../shared/tabular/xlsform.ts'
import { sha256 } from '../exchange/crypto.ts'
import type { JobContext } from '../jobs/kinds.ts'
import { fileFailure, writeWhole } from '../storage/files.ts'
import { readWorkbook } from './read.ts'
import { writeWorkbook } from './write.ts'

/** How much of a sheet is shown while it is mapped. */
const [SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_CHARACTERS] = [60, 100, 300]
const HEAD_ROWS = 60
const MOST_HEAD_HEIGHT = 3

/** A row that may be a head, and how heads of its words are remembered. */
export type HeadPlace = { sheet: string; headRow: number; firstRow: number; head: string }
/** What stays with the app while the person maps: all values, what is shown of them, and every row that may be a head. */
export type OpenedFile = {
  book: ReadWorkbook
  view: Omit<OpenedWorkbook, 'token' | 'isRemembered'>
  heads: HeadPlace[]
}

/** Reads a file that is to become a checklist and says what it looks like. Failures: `readWorkbook`, tooNew (a later layout of our own). */
export async function openWorkbookJob(
  { path }: { path: string },
  { signal, progress }: JobContext,
): Promise<Outcome<OpenedFile>> {
  const read = await readWorkbook(path, { signal, progress: (done, total) => progress('read', done, total) })
  if (!read.ok) return read
  const book = read.value
  const origin = isOurWorkbook(book)
  if (origin === 'tooNew') return fail('tooNew')
  const grids = gridsOf(book)
  const kind = origin !== 'foreign' ? 'ours' : isXlsForm(grids) ? 'xlsform' : 'foreign'
  const fileName = basename(path)
  const sheets = book.sheets.map((sheet, n) => shownSheet(grids[n], sheet.isHidden))
  const visible = grids.filter((_, n) => book.sheets[n]?.isHidden === false)
  const guess = kind === 'foreign' ? guessMapping(visible.length > 0 ? visible : grids, fileName) : null
  return ok({ book, view: { fileName, kind, sheets, guess }, heads: kind === 'foreign' ? headPlaces(grids) : [] })
}

/** What is wrong with merged areas is said when the file is taken in. */
const gridsOf = (book: ReadWorkbook): Grid[] => book.sheets.map((sheet) => gridOf(sheet, []))

function shownSheet(grid: Grid | undefined, isHidden: boolean): OpenedSheet {
  const { name, rows, width } = grid ?? { name: '', rows: [], width: 0 }
  const shown = rows
    .slice(0, SHOWN_ROWS)
    .map((row) => row.slice(0, SHOWN_COLUMNS).map((text) => text.slice(0, SHOWN_CHARACTERS)))
  return { name, rows: shown, rowCount: rows.length, columnCount: width, isHidden }
}

function headPlaces(grids: readonly Grid[]): HeadPlace[] {
  return grids.slice(0, 20).flatMap((grid) =>
    grid.rows.slice(0, HEAD_ROWS).flatMap((_, headRow) =>
      Array.from({ length: MOST_HEAD_HEIGHT }, (__, height) => {
        const firstRow = headRow + height + 1
        return { sheet: grid.name, headRow, firstRow, head: headOf(grid, headRow, firstRow) }
      }),
    ),
  )
}

const headOf = (grid: Grid, headRow: number, firstRow: number): string =>
  sha256(Buffer.from(headSignature(grid, headRow, firstRow).slice(0, 10_000)))

/** `mapping` null: only for our own files and XLSForms; `base` gives what the file does not say. */
export type ImportRequest = {
  book: ReadWorkbook
  kind: OpenedWorkbook['kind']
  mapping: ChecklistMapping | null
  base: Template
}

/** Makes a checklist of what was read; `head` as in HeadPlace, null where no mapping was used. Fails with invalid when a foreign file comes without a mapping. */
export async function importWorkbookJob(
  { book, kind, mapping, base }: ImportRequest,
  { signal, progress }: JobContext,
): Promise<Outcome<{ preview: ImportPreview; head: string | null }>> {
  if (kind === 'ours') return ok({ preview: readTemplateWorkbook(book, base), head: null })
  const problems = [...book.problems]
  const grids: Grid[] = []
  for (const [n, sheet] of book.sheets.entries()) {
    progress('sheets', n, book.sheets.length)
    grids.push(gridOf(sheet, problems))
    // A cancel is heard between two sheets.
    await setImmediate()
    if (signal.aborted) return fail('cancelled')
  }
  if (kind === 'xlsform') return ok({ preview: readXlsForm(grids, base, problems), head: null })
  if (mapping === null) return fail('invalid', { problems: [{ path: 'mapping', code: 'required', message: '' }] })
  const grid = grids.find((g) => g.name === mapping.sheet)
  const head = grid === undefined ? null : headOf(grid, mapping.headRow, mapping.firstRow)
  return ok({ preview: importForeign(grids, mapping, base, problems), head })
}

/** A workbook in a file's bytes; CSV holds the first sheet. */
export async function workbookBytes(workbook: Workbook, format: WriteRequest['format']): Promise<Uint8Array> {
  return format === 'xlsx' ? await writeWorkbook(workbook) : Buffer.from(writeCsv(workbook.sheets[0]?.rows ?? []))
}

/** What a workbook is made of. */
export type WorkbookSource =
  | { kind: 'template' | 'items' | 'form'; template: Template; language: Language }
  | { kind: 'sheet'; sheet: OwnSheet; language: Language }
  | { kind: 'team'; team: TeamBook; language: Language }

function workbookOf(source: WorkbookSource): Workbook {
  switch (source.kind) {
    case 'template':
      return templateWorkbook(source.template)
    case 'items':
      return { sheets: [itemSheet(source.template)] }
    case 'form':
      return scoreForm(source.template, source.language)
    case 'sheet':
      return sheetWorkbook(source.sheet, source.language)
    case 'team':
      return teamWorkbook(source.team, source.language)
  }
}

/** `json`: a `WorkbookSource` as JSON text, which crosses into a worker several times faster than the same as objects. */
export type WriteRequest = { json: string; format: 'xlsx' | 'csv'; target: string }

/** Makes and writes a workbook durably and reads it back; CSV holds the first sheet. Answers bytes, and whether they are the ones on disk. Fails as `writeWhole`. */
export async function writeWorkbookJob(
  { json, format, target }: WriteRequest,
  { signal }: JobContext,
): Promise<Outcome<{ size: number; isVerified: boolean }>> {
  const bytes = await workbookBytes(workbookOf(JSON.parse(json) as WorkbookSource), format)
  if (signal.aborted) return fail('cancelled')
  try {
    writeWhole(target, bytes)
    return ok({ size: bytes.length, isVerified: readFileSync(target).equals(bytes) })
  } catch (error) {
    return fileFailure(error)
  }
}
