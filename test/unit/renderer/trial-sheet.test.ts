import { describe, expect, it } from 'vitest'
import { changeItem, changeType } from '../../../shared/checklist/edits.ts'
import type { Template } from '../../../shared/domain/template.ts'
import { MICRO_PER_CP } from '../../../shared/scoring/numbers.ts'
import { canTry, TrialSheet } from '../../../renderer/features/templates/editor/trial-sheet.ts'
import { withMeasured, withValue } from '../../../renderer/parts/judgement/answer-edit.ts'
import { indicatorItem, pointsItem, templateOf, vetoItem } from '../../support/scoring-factories.ts'

const POINT = 100 * MICRO_PER_CP

function trial(items: Parameters<typeof templateOf>[0]) {
  let content: Template = templateOf(items)
  const sheet = new TrialSheet(() => content)
  const change = (next: (content: Template) => Template) => (content = next(content))
  const item = (id: string) => {
    const found = content.sections.flatMap((s) => s.items).find((one) => one.id === id)
    if (found === undefined) throw new Error(id)
    return found
  }
  return { sheet, change, item, content: () => content }
}

describe('a sheet to try a checklist on', () => {
  it('scores as the expert’s sheet does and sums up the section', () => {
    const { sheet } = trial([[pointsItem('i1', 20), pointsItem('i2', 10)]])
    sheet.edit('i1', withValue(15 * POINT))
    sheet.edit('i2', withValue(10 * POINT))
    expect(sheet.answer('i1')?.score).toBe(15 * POINT)
    expect(sheet.section('i1')).toMatchObject({ base: 25 * POINT, applicable: 30 * POINT, rate_bp: 8333 })
  })

  it('judges by the checklist as it is now, and keeps a record’s identity while nothing changed', () => {
    const { sheet, change } = trial([[pointsItem('i1', 20, 0.5)]])
    sheet.edit('i1', withValue(15 * POINT))
    expect(sheet.answer('i1')).toBe(sheet.answer('i1'))
    change((content) => changeItem(content, 'i1', (item) => ({ ...item, full_cp: 1000 }) as typeof item))
    expect(sheet.answer('i1')?.score).toBeNull()
    change((content) => changeItem(content, 'i1', (item) => ({ ...item, full_cp: 2000 }) as typeof item))
    expect(sheet.answer('i1')?.score).toBe(15 * POINT)
  })

  it('forgets what was given to an item of another type, and everything on starting over', () => {
    const { sheet, change } = trial([[pointsItem('i1', 20), vetoItem('v1')]])
    sheet.edit('i1', withValue(15 * POINT))
    sheet.edit('v1', withValue('fail'))
    change((content) => changeType(content, 'i1', 'maturity'))
    expect(sheet.answer('i1')).toBeNull()
    expect(sheet.answer('v1')?.value).toBe('fail')
    sheet.reset()
    expect(sheet.hasAny()).toBe(false)
    expect(sheet.answer('v1')).toBeNull()
  })

  it('says what an expert would still owe', () => {
    const { sheet, item, change } = trial([[pointsItem('i1', 20)]])
    change((content) => changeItem(content, 'i1', (one) => ({ ...one, demand: { ...one.demand, minPhotos: 2 } })))
    expect(sheet.problems(item('i1'))).toEqual([])
    sheet.edit('i1', withValue(15 * POINT))
    expect(sheet.problems(item('i1'))).toContain('photos')
  })

  it('lends an example where the task supplies the indicators', () => {
    const { sheet, item, change, content } = trial([[indicatorItem('i1', 10, [])]])
    change((before) =>
      changeItem(before, 'i1', (one) =>
        one.type === 'indicator' ? { ...one, spec: { rowsFrom: 'task', rows: [] } } : one,
      ),
    )
    const one = item('i1')
    const rows = sheet.rows(one)
    if (one.type !== 'indicator' || rows[0] === undefined) throw new Error('no example')
    sheet.edit('i1', withMeasured(one, rows[0].id, { op: '=', v: '95' }, rows, content()))
    expect(sheet.answer('i1')?.score).toBe(10 * POINT)
  })

  it('waits until points and grading are complete; missing words do not matter', () => {
    const { item, content } = trial([[pointsItem('i1', 20, 3), pointsItem('i2', 20, 2, { title: { zh: '', en: '' } })]])
    expect(canTry(item('i1'), content())).toBe(false)
    expect(canTry(item('i2'), content())).toBe(true)
  })
})
