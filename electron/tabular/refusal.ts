import type { FailureCode } from '../../shared/contract/errors.ts'

/** Why a file is not a workbook we read: becomes `detail` of the failure. */
export type RefusalReason =
  | 'encrypted'
  | 'xls'
  | 'xlsb'
  | 'ods'
  | 'notAWorkbook'
  | 'doctype'
  | 'encoding'
  | 'damaged'
  | 'bomb'
  | 'tooLarge'
  | 'tooManyCells'
  | 'cancelled'

const CODES: Readonly<Record<RefusalReason, FailureCode>> = {
  encrypted: 'unsupportedFile',
  xls: 'unsupportedFile',
  xlsb: 'unsupportedFile',
  ods: 'unsupportedFile',
  notAWorkbook: 'unsupportedFile',
  doctype: 'unsupportedFile',
  encoding: 'unsupportedFile',
  damaged: 'damagedFile',
  bomb: 'fileTooLarge',
  tooLarge: 'fileTooLarge',
  tooManyCells: 'fileTooLarge',
  cancelled: 'cancelled',
}

/** Thrown from the depth of a parser; `readWorkbook` turns it into a value. */
export class Refusal extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason) {
    super(reason)
    this.reason = reason
  }

  get code(): FailureCode {
    return CODES[this.reason]
  }
}
