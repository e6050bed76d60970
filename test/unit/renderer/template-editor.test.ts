import { describe, expect, it, vi, beforeEach, afterEach } from 'vitest'
import { findingsInSteps } from '../../../shared/checklist/findings.ts'
import { templateItems, type Template } from '../../../shared/domain/template.ts'
import { EditorStore, leaveEditor, openEditor } from '../../../renderer/features/templates/editor/editor-store.ts'
import { at, fullLens, itemLens, typedLens, whole } from '../../../renderer/features/templates/editor/lens.ts'
import { moveTo, shift } from '../../../renderer/features/templates/editor/moves.ts'
import { readNumber, writeNumber } from '../../../renderer/features/templates/editor/numbers.ts'
import { outlineRows, rememberedRows } from '../../../renderer/features/templates/editor/outline.ts'
import { stillThere, targetOf } from '../../../renderer/features/templates/editor/selection.ts'
import { industrialTemplate } from '../../support/sample-task.ts'

const content = industrialTemplate()
const codes = (template: Template) => templateItems(template).map((item) => item.code)
const POINTS = { scale: 100, min: 0, max: 100_000, isNullable: false }

describe('numbers as people type them', () => {
  it.each([
    ['12.5', 1250],
    ['１２．５', 1250],
    ['12。5', 1250],
    [' 1,000 ', 100_000],
    ['7.', 700],
    ['0.05', 5],
    ['3.10', 310],
  ])('%s is %i', (typed, value) => expect(readNumber(typed, POINTS)).toEqual({ ok: true, value }))

  it.each([
    ['', 'empty'],
    ['十分', 'notNumber'],
    ['-1', 'notNumber'],
    ['1.2.3', 'notNumber'],
    ['0.005', 'tooFine'],
    ['1000.01', 'range'],
  ])('%s is refused: %s', (typed, why) => expect(readNumber(typed, POINTS)).toMatchObject({ ok: false, why }))

  it('reads back what it writes', () => {
    for (let cp = 0; cp <= 3000; cp += 1) {
      expect(readNumber(writeNumber(cp, 100), POINTS)).toEqual({ ok: true, value: cp })
    }
  })

  it('takes nothing as null where that is allowed', () =>
    expect(readNumber('', { ...POINTS, isNullable: true })).toEqual({ ok: true, value: null }))
})

describe('a place of the checklist', () => {
  const item = itemLens('i1.4')

  it('shares everything that stays', () => {
    const changed = at(item, 'basis').set(content, 'GB/T 19001')
    expect(at(item, 'basis').get(changed)).toBe('GB/T 19001')
    expect(changed.sections[0]).toBe(content.sections[0])
    expect(changed.sections[1]?.items[0]).toBe(content.sections[1]?.items[0])
    expect(at(item, 'basis').get(content)).not.toBe('GB/T 19001')
  })

  it('is nothing once it is gone, and setting it changes nothing', () => {
    const gone = at(itemLens('no-such'), 'basis')
    expect(gone.get(content)).toBeUndefined()
    expect(gone.set(content, 'x')).toBe(content)
    expect(at(typedLens('i1.4', 'maturity'), 'spec').get(content)).toBeUndefined()
  })

  it('keeps a points item in steps when its full marks change', () => {
    const before = typedLens('i1.4', 'points').get(content)
    const doubled = fullLens('i1.4').set(content, (before?.full_cp ?? 0) * 2)
    const after = typedLens('i1.4', 'points').get(doubled)
    expect(after?.spec.step_cp).toBe((before?.spec.step_cp ?? 0) * 2)
  })
})

describe('moving', () => {
  it('puts an item beside another, also in another section', () => {
    const moved = moveTo(content, 'item', 'i1.4', { id: 'i2.2', where: 'before' })
    const all = codes(moved)
    expect(all.indexOf('1.4')).toBe(all.indexOf('2.2') - 1)
    expect(all.toSorted()).toEqual(codes(content).toSorted())
    expect(moveTo(content, 'item', 'i1.4', { id: 'i1.4', where: 'after' })).toBe(content)
  })

  it('goes over the border of a section one step at a time and comes back', () => {
    const first = content.sections[1]?.items[0]?.id ?? ''
    const up = shift(content, 'item', first, -1)
    expect(up.sections[0]?.items.at(-1)?.id).toBe(first)
    expect(shift(up, 'item', first, 1)).toEqual(content)
  })

  it('leaves the first and the last where they are', () => {
    const ids = content.sections.map((section) => section.id)
    expect(shift(content, 'section', ids[0] ?? '', -1)).toBe(content)
    expect(shift(content, 'section', ids.at(-1) ?? '', 1)).toBe(content)
    expect(shift(content, 'section', ids[1] ?? '', -1).sections.map((section) => section.id)).toEqual([
      ids[1],
      ids[0],
      ...ids.slice(2),
    ])
  })
})

describe('the outline', () => {
  it('is the same list while only words change, another once something moves', () => {
    const rows = rememberedRows()
    const closed = new Set<string>()
    const first = rows({ content, closed, search: '' })
    const typed = at(at(itemLens('i1.4'), 'title'), 'zh').set(content, '新名称')
    expect(rows({ content: typed, closed, search: '' })).toBe(first)
    expect(rows({ content: shift(typed, 'item', 'i1.4', -1), closed, search: '' })).not.toBe(first)
  })

  it('shows only what a search finds, in closed sections too', () => {
    const closed = new Set(content.sections.map((section) => section.id))
    expect(outlineRows(content, closed, '').every((row) => row.kind === 'section')).toBe(true)
    expect(outlineRows(content, closed, '1.4').map((row) => row.id)).toEqual(['s1', 'i1.4'])
  })
})

describe('where a finding leads', () => {
  it('knows ids that hold dots, and properties of the whole', () => {
    expect(targetOf('items.i1.4.spec.step_cp', content)).toEqual({ kind: 'item', id: 'i1.4' })
    expect(targetOf('sections.s1.title', content)).toEqual({ kind: 'section', id: 's1' })
    expect(targetOf('rules.2', content)).toEqual({ kind: 'part', part: 'rules' })
    expect(targetOf('number', content)).toEqual({ kind: 'part', part: 'basics' })
  })

  it('stays on what is still there', () => {
    expect(stillThere({ kind: 'item', id: 'i1.4' }, content)).toEqual({ kind: 'item', id: 'i1.4' })
    expect(stillThere({ kind: 'item', id: 'gone' }, content)).toEqual({ kind: 'section', id: 's0' })
  })
})

describe('the editor', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const begin = (
    save: (content: Template) => Promise<{ savedAt: string }> = async () => ({ savedAt: '2027-01-01T00:00:00.000Z' }),
  ) => {
    let now = 0
    const saving = vi.fn(save)
    const store = new EditorStore('d1', content, [], {
      save: saving,
      check: findingsInSteps,
      now: () => now,
      avoid: new Set(),
    })
    const type = (value: string, after = 100) => {
      now += after
      store.edit((before) => at(whole, 'number').set(before, value), { key: 'number' })
    }
    return { store, saving, type }
  }

  it('undoes keystrokes as one step, pauses apart, and does them again', () => {
    const { store, type } = begin()
    type('A')
    type('AB')
    type('ABC', 5000)
    store.undo()
    expect(store.state().content.number).toBe('AB')
    store.undo()
    expect(store.state().content).toBe(content)
    expect(store.state().canUndo).toBe(false)
    store.redo()
    store.redo()
    expect(store.state().content.number).toBe('ABC')
    store.undo()
    type('AX')
    expect(store.state().canRedo).toBe(false)
  })

  it('goes back to where the edit was made, and keeps the total the sum of the items', () => {
    const { store } = begin()
    store.select({ kind: 'item', id: 'i1.4' })
    store.edit((before) => fullLens('i1.4').set(before, 100))
    expect(store.state().content.totalFull_cp).toBeLessThan(content.totalFull_cp)
    store.select({ kind: 'part', part: 'rules' })
    store.undo()
    expect(store.state().selection).toEqual({ kind: 'item', id: 'i1.4' })
    expect(store.state().content.totalFull_cp).toBe(content.totalFull_cp)
  })

  it('looks for findings after the last key, not at each', async () => {
    const { store, type } = begin()
    type(' ')
    expect(store.state().isChecked).toBe(false)
    await vi.advanceTimersByTimeAsync(1000)
    expect(store.state().isChecked).toBe(true)
    expect(store.state().findings.map((one) => one.path)).toContain('number')
  })

  it('looks again at what was changed while it looked', async () => {
    const { store, type } = begin()
    type('A')
    const looking = store.check()
    type(' ')
    const [found] = await Promise.all([looking, vi.advanceTimersByTimeAsync(1000)])
    expect(found.map((one) => one.path)).toContain('number')
    expect(store.state().findings).toBe(found)
  })

  it('keeps text that is no number, also elsewhere, and counts it as an error until it is put right', async () => {
    const { store } = begin()
    const lens = fullLens(templateItems(content).find((item) => item.type === 'points')?.id ?? '')
    const before = lens.get(content) ?? 0
    const errors = async () => {
      const [found] = await Promise.all([store.check(), vi.advanceTimersByTimeAsync(1000)])
      return found.filter((one) => one.path === lens.path && one.severity === 'error').length
    }
    expect(await errors()).toBe(0)
    const isLive = (now: Template) => lens.get(now) === before
    store.keepUnread(lens.path, { text: '十分', isLive })
    await vi.advanceTimersByTimeAsync(1000)
    expect(store.state().findings.map((one) => one.path)).toContain(lens.path)
    store.select({ kind: 'section', id: content.sections[1]?.id ?? '' })
    expect(store.state().unread.get(lens.path)?.text).toBe('十分')
    expect(await errors()).toBe(1)

    await leaveEditor(store)
    expect(openEditor('d1', () => begin().store)).toBe(store)

    store.edit((now) => lens.set(now, before + 100))
    expect(await errors()).toBe(0)
    store.undo()
    expect(await errors()).toBe(1)
    store.keepUnread(lens.path, null)
    expect(await errors()).toBe(0)
    await leaveEditor(store)
    expect(openEditor('d1', () => begin().store)).not.toBe(store)
  })

  it('saves the newest once and says so; what could not be stored is there when the draft is opened again', async () => {
    const { store, saving, type } = begin()
    type('A')
    type('AB')
    await vi.advanceTimersByTimeAsync(1000)
    expect(saving).toHaveBeenCalledTimes(1)
    expect(store.saver.snapshot().state.kind).toBe('saved')

    const failing = begin(() => Promise.reject(new Error('disk')))
    vi.stubGlobal('reportError', vi.fn())
    failing.type('lost?')
    await leaveEditor(failing.store)
    const again = openEditor('d1', () => begin().store)
    expect(again.state().content.number).toBe('lost?')
    vi.unstubAllGlobals()

    await leaveEditor(store)
    expect(openEditor('d1', () => failing.store)).toBe(failing.store)
  })
})
