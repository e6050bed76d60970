import type { Meeting } from '../../domain/sheet.ts'
import type { DocumentKind } from './kinds.ts'
import { readCode, type ReadCode } from './page-code.ts'

/** Why a picture stays where it is. A picture is filed whole or not at all: one code that leads nowhere stops it. */
export const WHY_UNFILED = [
  'notReadable', // no picture that can be looked at: a film, a PDF that is no scan, a HEIC this machine cannot open
  'noCode',
  'otherTask',
  'unknownItem',
  'notMine', // an item of somebody else's share
  'noPlace', // a page that belongs to no item and to no meeting one can tell
  'noMeeting', // its meeting is not recorded yet
] as const
export type WhyUnfiled = (typeof WHY_UNFILED)[number]

type Page = Extract<ReadCode, { kind: 'page' }>
export type NamedPage = Pick<Page, 'document' | 'page' | 'pages' | 'code'>

/** Where the codes in a picture send it; `why` null = to all of `items` and `meetings`. `pages` and `items` in the order they were read. */
export type Filing = {
  items: string[]
  meetings: Meeting['kind'][]
  pages: NamedPage[]
  why: WhyUnfiled | null
}

/** The sheet as filing sees it: the checklist's items, those this person judges, the meetings on record. */
export type FilingPlaces = {
  taskId: string
  items: ReadonlySet<string>
  mine: ReadonlySet<string>
  meetings: ReadonlySet<Meeting['kind']>
}

/** Judges the QR texts of one picture; null: it could not be looked at. Texts that are none of ours say nothing. */
export function filingOf(texts: readonly string[] | null, places: FilingPlaces): Filing {
  const codes = (texts ?? []).flatMap((text) => readCode(text) ?? [])
  const own = codes.filter((code) => code.taskId === places.taskId)
  const items = [...new Set(own.flatMap((code) => (code.kind === 'item' ? [code.item] : [])))]
  const found = own.flatMap((code) => (code.kind === 'page' ? [code] : []))
  const pages = found.map(({ document, page, pages: all, code }) => ({ document, page, pages: all, code }))
  // A page of the pocket list belongs to the items on it.
  const elsewhere = found.filter((page) => page.document !== 'pocket')
  const wanted = elsewhere.map((page) => meetingOf(page.document, page.page, page.pages))
  const meetings = [...new Set(wanted.flatMap((kind) => kind ?? []))]
  const why = (): WhyUnfiled | null => {
    if (texts === null) return 'notReadable'
    if (codes.length === 0) return 'noCode'
    if (own.length < codes.length) return 'otherTask'
    if (items.some((item) => !places.items.has(item))) return 'unknownItem'
    if (items.some((item) => !places.mine.has(item))) return 'notMine'
    if (wanted.includes(null) || items.length + meetings.length === 0) return 'noPlace'
    return meetings.every((kind) => places.meetings.has(kind)) ? null : 'noMeeting'
  }
  return { items, meetings, pages, why: why() }
}

const AT_THE_OPENING: readonly DocumentKind[] = ['notice', 'assignment', 'schedule', 'declaration']

/** The meeting a paper is signed at. Attendance and minutes have one part a meeting: only their ends are certain. */
function meetingOf(document: DocumentKind, page: number, pages: number): Meeting['kind'] | null {
  if (AT_THE_OPENING.includes(document)) return 'opening'
  if (document !== 'signIn' && document !== 'minutes') return 'closing'
  if (pages === 1) return null
  if (page === 1) return 'opening'
  if (page === pages) return 'closing'
  return document === 'minutes' && pages === 3 ? 'team' : null
}

type Taken = { exifAt: string | null; fileAt: string | null; name: string }

/** In the order pictures were taken, as far as they say; the camera's own numbers settle the rest. */
export function inOrderTaken<T extends { medium: Taken }>(list: readonly T[]): T[] {
  const at = ({ medium }: T) => medium.exifAt ?? medium.fileAt ?? ''
  const of = (one: T, other: T) => (at(one) < at(other) ? -1 : at(one) > at(other) ? 1 : 0)
  return list.toSorted((a, b) => of(a, b) || (a.medium.name < b.medium.name ? -1 : 1))
}

/** 拍码归位: for each picture without a code, the item whose code was photographed last before it; null where nobody can tell. */
export function itemBefore(list: readonly Filing[]): (string | null)[] {
  let last: string | null = null
  return list.map((filing) => {
    if (filing.why === 'noCode') return last
    last = filing.why === null && filing.items.length === 1 ? (filing.items[0] ?? null) : null
    return null
  })
}
