import { describe, expect, test } from 'vitest'
import { filingOf, inOrderTaken, itemBefore, type FilingPlaces } from '../../../shared/report/documents/filing.ts'
import { itemCode, pageCode } from '../../../shared/report/documents/page-code.ts'
import { DOCUMENT_KINDS, type DocumentKind } from '../../../shared/report/documents/kinds.ts'

const TASK = '01234567-89ab-7def-8123-456789abcdef'
const OTHER = '01234567-89ab-7def-8123-456789abcde0'
const places: FilingPlaces = {
  taskId: TASK,
  items: new Set(['i1.1', 'i1.2', 'v1']),
  mine: new Set(['i1.1', 'v1']),
  meetings: new Set(['opening', 'closing', 'team']),
}
const item = (id: string, task = TASK) => itemCode(task, id)
const page = (kind: DocumentKind, n: number, of: number, task = TASK) =>
  pageCode(task, kind, 'AB12-CD34-EF56').replace('{page}', String(n)).replace('{pages}', String(of))
const filed = (...texts: string[]) => filingOf(texts, places)

describe('a picture is filed', () => {
  test('under the item its code names, under every item of a page of the pocket list', () => {
    expect(filed(item('i1.1'))).toEqual({ items: ['i1.1'], meetings: [], pages: [], why: null })
    expect(filed(page('pocket', 2, 8), item('v1'), item('i1.1'), item('v1'))).toMatchObject({
      items: ['v1', 'i1.1'],
      meetings: [],
      pages: [{ document: 'pocket', page: 2, pages: 8, code: 'AB12CD34EF56' }],
      why: null,
    })
  })

  test('with the meeting its paper is signed at, where that is certain', () => {
    const met = (kind: DocumentKind, n: number, of: number) => filed(page(kind, n, of)).meetings[0] ?? null
    expect([met('signIn', 1, 2), met('signIn', 2, 2)]).toEqual(['opening', 'closing'])
    expect([1, 2, 3].map((n) => met('minutes', n, 3))).toEqual(['opening', 'team', 'closing'])
    expect([met('signIn', 2, 3), met('minutes', 2, 4), met('signIn', 1, 1)]).toEqual([null, null, null])
    expect([met('declaration', 1, 1), met('confirmation', 2, 3), met('signatures', 1, 1)]).toEqual([
      'opening',
      'closing',
      'closing',
    ])
    for (const kind of DOCUMENT_KINDS)
      expect(filed(page(kind, 1, 2)).why, kind).toBe(kind === 'pocket' ? 'noPlace' : null)
  })

  test('beside foreign codes, which say nothing', () => {
    expect(filed('https://example.cn/q?x=1', item('v1'), 'YP2/I/whatever').why).toBeNull()
  })
})

describe('a picture stays where it is', () => {
  test.each([
    ['without a code', [], 'noCode'],
    ['with foreign codes only', ['https://example.cn', 'YP1', 'YP1/I/xyz/v1', 'YP1/D//../..'], 'noCode'],
    ['of another task', [item('v1', OTHER)], 'otherTask'],
    ['of two tasks', [item('v1'), item('v1', OTHER)], 'otherTask'],
    ['of two tasks, a page of the other', [item('v1'), page('signIn', 1, 2, OTHER)], 'otherTask'],
    ['naming an unknown item', [item('i9.9')], 'unknownItem'],
    ['naming a known and an unknown item', [item('v1'), item('i9.9')], 'unknownItem'],
    ['naming an item others judge', [item('v1'), item('i1.2')], 'notMine'],
    ['a page nobody can place', [page('signIn', 2, 3)], 'noPlace'],
    ['an item and a page nobody can place', [item('v1'), page('signIn', 2, 3)], 'noPlace'],
    ['a page of the pocket list without a readable item', [page('pocket', 3, 8)], 'noPlace'],
  ])('%s', (_, texts, why) => expect(filed(...texts).why).toBe(why))

  test('that cannot be looked at, or whose meeting is not on record', () => {
    expect(filingOf(null, places).why).toBe('notReadable')
    const before = { ...places, meetings: new Set(['opening'] as const) }
    expect(filingOf([page('signatures', 1, 1)], before)).toMatchObject({ why: 'noMeeting', meetings: ['closing'] })
    expect(filingOf([page('notice', 1, 1)], before).why).toBeNull()
  })
})

test('photos after the photo of a code are offered to its item, in the order they were taken', () => {
  const taken = (name: string, exifAt: string | null, ...texts: string[]) => ({
    ...filed(...texts),
    medium: { name, exifAt, fileAt: null },
  })
  const list = inOrderTaken([
    taken('4.jpg', '2026-11-24T09:04:00'),
    taken('2.jpg', '2026-11-24T09:02:00'),
    taken('1.jpg', '2026-11-24T09:01:00', item('v1')),
    taken('3.jpg', '2026-11-24T09:03:00', item('v1', OTHER)),
    taken('0.jpg', '2026-11-24T09:00:00'),
    taken('6.jpg', '2026-11-24T09:05:00', item('i1.1')),
    taken('7.jpg', '2026-11-24T09:05:00'),
  ])
  expect(list.map((f) => f.medium.name[0]).join('')).toBe('0123467')
  expect(itemBefore(list)).toEqual([null, null, 'v1', null, null, null, 'i1.1'])
})
