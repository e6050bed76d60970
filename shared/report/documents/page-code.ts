import { DOCUMENT_CODES, type DocumentKind } from './kinds.ts'

/*
 * QR texts, in the characters a QR holds most densely (0-9 A-Z $%*+-./: and space). Fields are parted by `/`; the first is the
 * version. Task ids are written as 32 hex digits, item ids in upper case (they have no capitals of their own).
 *   YP1/I/<task>/<item>                                  a checklist line
 *   YP1/D/<task>/<document>/<page>/<pages>/<code>        a page; document = two letters, code = the document's own check code
 */
const VERSION = 'YP1'
const TASK = /^[0-9A-F]{32}$/
const ITEM = /^[a-z0-9][a-z0-9._-]{0,31}$/
const CODE = /^[0-9A-F]{12}$/

/** `item` in small letters, `page` from 1. */
export type ReadCode =
  | { kind: 'item'; taskId: string; item: string }
  | { kind: 'page'; taskId: string; document: DocumentKind; page: number; pages: number; code: string }

const taskField = (taskId: string): string => taskId.replaceAll('-', '').toUpperCase()

/** The QR text of a checklist line. */
export const itemCode = (taskId: string, item: string): string =>
  [VERSION, 'I', taskField(taskId), item.toUpperCase()].join('/')

/** With {page} and {pages} still to be filled in; `code` as `checkCodeOf` prints it. */
export const pageCode = (taskId: string, document: DocumentKind, code: string): string =>
  [VERSION, 'D', taskField(taskId), DOCUMENT_CODES[document], '{page}', '{pages}', code.replaceAll('-', '')].join('/')

/** What a scanned QR names; null for a foreign one. */
export function readCode(text: string): ReadCode | null {
  const [version, what, task = '', ...rest] = text.trim().toUpperCase().split('/')
  if (version !== VERSION || !TASK.test(task)) return null
  const taskId = task.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  if (what === 'I') {
    const item = (rest[0] ?? '').toLowerCase()
    return rest.length === 1 && ITEM.test(item) ? { kind: 'item', taskId, item } : null
  }
  const [letters, page = '', pages = '', code = ''] = rest
  const document = Object.entries(DOCUMENT_CODES).find(([, own]) => own === letters)?.[0] as DocumentKind | undefined
  const isNumber = /^[1-9]\d{0,4}$/
  if (what !== 'D' || rest.length !== 4 || document === undefined || !CODE.test(code)) return null
  if (!isNumber.test(page) || !isNumber.test(pages) || Number(page) > Number(pages)) return null
  return { kind: 'page', taskId, document, page: Number(page), pages: Number(pages), code }
}
