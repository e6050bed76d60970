import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { withValue } from '../../../renderer/parts/judgement/answer-edit.ts'
import { SheetStore, leaveStore, openStore, type StoreCalls } from '../../../renderer/features/checklist/sheet-store.ts'
import type { SheetView } from '../../../shared/contract/views.ts'
import type { Answer } from '../../../shared/domain/sheet.ts'
import {
  AT,
  answerOf,
  conformityItem,
  maturityItem,
  memberOf,
  taskOf,
  templateOf,
} from '../../support/scoring-factories.ts'

const template = templateOf([[conformityItem('a1', 20), maturityItem('a2', 15)]])
const [best, middle] = template.gradeSets[0]?.grades.map((grade) => grade.id) ?? []

function viewOf(answers: Answer[] = [], over: Partial<SheetView> = {}): SheetView {
  const me = memberOf('e1')
  return {
    task: taskOf([me]),
    taskSha256: '',
    template,
    me,
    sheetState: 'open',
    revision: 1,
    reason: '',
    declaration: { text: '', acceptedAt: AT },
    answers,
    sections: [],
    carryOver: [],
    witnessTests: [],
    nonconformities: [],
    meetings: [],
    media: [],
    withdrawn: [],
    sealed: [],
    ...over,
  }
}

/** Calls that answer when told to, in the order they were made. */
function manualCalls() {
  const sent: { item: string; answer: Answer | null; succeed: () => void; fail: () => void }[] = []
  const calls: StoreCalls = {
    saveAnswer: ({ item, answer }) =>
      new Promise((resolve, reject) => {
        sent.push({
          item,
          answer,
          succeed: () => resolve({ answer, savedAt: AT }),
          fail: () => reject(new Error('disk')),
        })
      }),
    failureOf: () => ({ code: 'diskFull' }),
    now: () => AT,
  }
  return { sent, calls }
}

const settle = () => vi.advanceTimersByTimeAsync(0)
const edited = (note: string) => (a: Answer) => ({ ...a, note })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('saving', () => {
  test('a grade is sent at once and called saved only after the answer', async () => {
    const { sent, calls } = manualCalls()
    const onSaved = vi.fn()
    const store = new SheetStore(viewOf(), calls, onSaved)
    store.edit('a1', withValue(best ?? ''))
    expect(sent).toHaveLength(1)
    expect(store.answer('a1')?.score).toBe(20_000_000)
    expect(store.saveState('a1')).toEqual({ kind: 'saving' })
    sent[0]?.succeed()
    await settle()
    expect(store.saveState('a1')).toEqual({ kind: 'saved', at: AT })
    expect(onSaved.mock.lastCall?.[0].answers).toHaveLength(1)
  })

  test('typing waits for a pause, and what was typed during a save follows it', async () => {
    const { sent, calls } = manualCalls()
    const store = new SheetStore(viewOf(), calls, vi.fn())
    store.edit('a1', edited('a'), 'typing')
    store.edit('a1', edited('ab'), 'typing')
    expect(sent).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(400)
    expect(sent.map((s) => s.answer?.note)).toEqual(['ab'])
    store.edit('a1', edited('abc'), 'typing')
    sent[0]?.succeed()
    await settle()
    expect(store.saveState('a1')).toEqual({ kind: 'saving' })
    await vi.advanceTimersByTimeAsync(400)
    expect(sent.map((s) => s.answer?.note)).toEqual(['ab', 'abc'])
  })

  test('a refused save keeps the words, says why and can be tried again', async () => {
    const { sent, calls } = manualCalls()
    const store = new SheetStore(viewOf(), calls, vi.fn())
    store.edit('a1', edited('kept'))
    sent[0]?.fail()
    await settle()
    expect(store.saveState('a1')).toEqual({ kind: 'failed', failure: { code: 'diskFull' } })
    expect(store.answer('a1')?.note).toBe('kept')
    store.retry('a1')
    sent[1]?.succeed()
    await settle()
    expect(sent[1]?.answer?.note).toBe('kept')
    expect(store.hasUnsaved()).toBe(false)
  })

  test('stored words are clean, the typed ones stay', () => {
    const { sent, calls } = manualCalls()
    const store = new SheetStore(viewOf(), calls, vi.fn())
    store.edit('a1', edited('e\u0301\u0007\r\nx'))
    expect(sent[0]?.answer?.note).toBe('\u00e9\nx')
    expect(store.answer('a1')?.note).toBe('e\u0301\u0007\r\nx')
  })
})

describe('undo', () => {
  test('restores the previous answer, then clears to unanswered', () => {
    const { sent, calls } = manualCalls()
    const store = new SheetStore(viewOf(), calls, vi.fn())
    store.edit('a1', withValue(best ?? ''))
    store.edit('a1', withValue(middle ?? ''))
    expect(store.undo()).toBe('a1')
    expect(store.answer('a1')?.value).toBe(best)
    expect(store.undo()).toBe('a1')
    expect(store.answer('a1')).toBeNull()
    expect(store.undo()).toBeNull()
    expect(sent).toHaveLength(1)
  })

  test('one burst of typing is one step back', () => {
    const { calls } = manualCalls()
    const store = new SheetStore(viewOf([answerOf('a1', best ?? '', { note: 'old' })]), calls, vi.fn())
    store.edit('a1', edited('n'), 'typing')
    store.edit('a1', edited('ne'), 'typing')
    store.undo()
    expect(store.answer('a1')?.note).toBe('old')
  })
})

describe('reading only', () => {
  test.each([
    ['sealed', { sheetState: 'sealed' as const }],
    ['not declared', { declaration: null }],
  ])('%s: nothing changes, nothing is sent', (_, over) => {
    const { sent, calls } = manualCalls()
    const store = new SheetStore(viewOf([], over), calls, vi.fn())
    store.edit('a1', withValue(best ?? ''))
    expect(store.answer('a1')).toBeNull()
    expect(sent).toHaveLength(0)
  })
})

describe('leaving the page', () => {
  test('unsaved words are found again, saved ones are read anew', async () => {
    const { sent, calls } = manualCalls()
    const make = () => new SheetStore(viewOf(), calls, vi.fn())
    const store = make()
    store.edit('a1', edited('not yet'), 'typing')
    leaveStore(store)
    expect(sent).toHaveLength(1)
    expect(openStore(viewOf(), make)).toBe(store)
    leaveStore(store)
    sent[0]?.succeed()
    await settle()
    sent[1]?.succeed()
    await settle()
    expect(openStore(viewOf(), make)).not.toBe(store)
  })
})
