/** Separate documents, in the order of a visit. The letters stand in numbers and QR codes: once printed they never change. */
export const DOCUMENT_CODES = {
  notice: 'TZ',
  assignment: 'RW',
  schedule: 'RC',
  declaration: 'CN',
  pocket: 'KD',
  signIn: 'QD',
  minutes: 'JL',
  nonconformities: 'BF',
  confirmation: 'QR',
  summary: 'HZ',
  signatures: 'QZ',
  rectification: 'ZG',
  integrity: 'LZ',
  verification: 'YZ',
} as const
export type DocumentKind = keyof typeof DOCUMENT_CODES
export const DOCUMENT_KINDS = Object.keys(DOCUMENT_CODES) as [DocumentKind, ...DocumentKind[]]

/** What an expert can make without anything of a colleague's. */
export const OWN_KINDS: readonly DocumentKind[] = ['declaration', 'pocket', 'nonconformities']
/** 签字材料包, in the order the papers are signed. */
export const PACK_KINDS = ['signIn', 'nonconformities', 'confirmation', 'summary', 'signatures'] as const

/** What a document would say more with, or cannot be made without. */
export const LACKS = [
  'ownSheetFirst', // colleagues' sheets stay closed until one's own is sealed
  'noSheets',
  'noSchedule',
  'noMeetings',
  'noNonconformities',
  'notSettled',
  'notIssued',
  'notDeclared',
  'nothingAssigned',
] as const
export type Lack = (typeof LACKS)[number]
