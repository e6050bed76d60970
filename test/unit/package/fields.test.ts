import { describe, expect, test } from 'vitest'
import { media } from '../../../shared/domain/sheet.ts'
import { task } from '../../../shared/domain/task.ts'
import { time } from '../../../shared/domain/text.ts'
import { statement } from '../../../shared/package/statement.ts'

describe('an instant', () => {
  test.each(['2026-11-24T00:00:00.000Z', '2028-02-29T23:59:59.999Z', '0001-01-01T00:00:00.000Z'])('%s', (v) =>
    expect(time.safeParse(v).success).toBe(true),
  )
  test.each([
    '2026-02-30T00:00:00.000Z',
    '2026-02-29T00:00:00.000Z',
    '2026-04-31T00:00:00.000Z',
    '2026-11-24T24:00:00.000Z',
    '2026-11-24T23:59:60.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-11-24T00:00:00Z',
    '2026-11-24T00:00:00.000+00:00',
  ])('not %s', (v) => expect(time.safeParse(v).success).toBe(false))
})

describe('when and where a picture was taken', () => {
  const { exifAt, gps } = media.shape
  test('a moment there is, or none', () => {
    expect(['2026-11-24T09:30:00', null].map((v) => exifAt.safeParse(v).success)).toEqual([true, true])
    expect(['2026-02-30T09:30:00', '2026-11-24T25:00:00'].map((v) => exifAt.safeParse(v).success)).toEqual([
      false,
      false,
    ])
  })
  test('a place on earth, or none', () => {
    const at = (lat_e7: number, lon_e7: number) => gps.safeParse({ lat_e7, lon_e7 }).success
    expect([at(900_000_000, -1_800_000_000), at(900_000_001, 0), at(0, 1_800_000_001)]).toEqual([true, false, false])
  })
})

describe('the id of a task', () => {
  const { taskId, supplements } = task.shape
  test.each([
    ['01a208f6-9854-760a-a618-075d0c9a23f6', true],
    ['01a208f6-9854-460a-a618-075d0c9a23f6', false],
    ['01a208f6-9854-760a-7618-075d0c9a23f6', false],
    ['01A208F6-9854-760A-A618-075D0C9A23F6', false],
  ])('%s', (id, isOne) => {
    expect([taskId, supplements].map((field) => field.safeParse(id).success)).toEqual([isOne, isOne])
    expect(statement.shape.taskId.safeParse(id).success).toBe(isOne)
  })
})
