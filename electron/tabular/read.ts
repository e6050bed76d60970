import { readFileSync, statSync } from 'node:fs'
import { fail, ok, type Outcome } from '../../shared/contract/errors.ts'
import { parseCsv } from '../../shared/tabular/csv.ts'
import { LIMITS } from '../../shared/tabular/limits.ts'
import { cells, worksheet, type ReadWorkbook } from '../../shared/tabular/workbook.ts'
import { fileFailure } from '../storage/files.ts'
import { Refusal } from './refusal.ts'
import { readXlsx, type ReadRun } from './xlsx-read.ts'

const TEXT_FILE = /\.(csv|tsv|txt)$/i

/**
 * The values of a spreadsheet file of unknown origin (XLSX, XLSM, CSV). Fails with unsupportedFile, damagedFile, fileTooLarge
 * (`detail` = RefusalReason), cancelled, fileMissing, notWritable.
 */
export async function readWorkbook(path: string, run: ReadRun): Promise<Outcome<ReadWorkbook>> {
  try {
    if (statSync(path).size > LIMITS.fileBytes) throw new Refusal('tooLarge')
    const file = readFileSync(path)
    return ok(TEXT_FILE.test(path) ? readCsvFile(file) : await readXlsx(file, run))
  } catch (error) {
    return error instanceof Refusal ? fail(error.code, { detail: error.reason }) : fileFailure(error)
  }
}

function readCsvFile(file: Buffer): ReadWorkbook {
  const text = decodeText(file)
  const rows = text.length > LIMITS.characters ? null : parseCsv(text, LIMITS)
  if (rows === null) throw new Refusal('tooManyCells')
  const sheet = worksheet(
    'CSV',
    rows.map((row) => cells(row)),
  )
  return { sheets: [{ ...sheet, isHidden: false, hiddenRows: [], hiddenColumns: [] }], problems: [] }
}

/** UTF-8 or UTF-16 by their mark, else UTF-8 where it is valid, else what Chinese Windows writes. */
function decodeText(file: Buffer): string {
  const isUtf16 = (file[0] === 0xff && file[1] === 0xfe) || (file[0] === 0xfe && file[1] === 0xff)
  if (isUtf16) return new TextDecoder(file[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(file)
  if (file.includes(0)) throw new Refusal('notAWorkbook')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    return new TextDecoder('gb18030').decode(file)
  }
}
