import { describe, expect, test, vi } from 'vitest'
import { Refusal } from '../../../renderer/bridge.ts'
import { Saver } from '../../../renderer/ui/saver.ts'

const NEVER_BY_ITSELF = { delay: 2 ** 30 }

/** A store that answers when told to. */
function slowStore() {
  const stored: string[] = []
  const waiting: { answer: () => void; refuse: (error: Error) => void }[] = []
  const save = (value: string) =>
    new Promise<{ savedAt: string }>((resolve, reject) => {
      waiting.push({
        answer: () => {
          stored.push(value)
          resolve({ savedAt: `saved ${value}` })
        },
        refuse: reject,
      })
    })
  return { stored, waiting, save }
}

const answering = async (value: string) => ({ savedAt: `saved ${value}` })

describe('text that saves itself', () => {
  test('says saved only after the store answered', async () => {
    const { save, waiting } = slowStore()
    const saver = new Saver<string>('', save, NEVER_BY_ITSELF)
    saver.type('a')
    expect(saver.snapshot().state.kind).toBe('pending')
    const flushed = saver.flush()
    expect(saver.snapshot().state.kind).toBe('saving')
    waiting[0]?.answer()
    await flushed
    expect(saver.snapshot().state).toEqual({ kind: 'saved', at: 'saved a' })
  })

  test('stores what was typed while an earlier save was under way, after it', async () => {
    const { save, waiting, stored } = slowStore()
    const saver = new Saver<string>('', save, NEVER_BY_ITSELF)
    saver.type('first')
    const one = saver.flush()
    saver.type('second')
    const two = saver.flush()
    expect(waiting).toHaveLength(1)
    waiting[0]?.answer()
    await expect.poll(() => waiting.length).toBe(2)
    waiting[1]?.answer()
    expect(await Promise.all([one, two])).toEqual([null, null])
    expect(stored).toEqual(['first', 'second'])
  })

  test('what was typed and taken back leaves nothing to save, and says so', async () => {
    const saver = new Saver<string>('', answering, NEVER_BY_ITSELF)
    saver.type('a')
    saver.type('')
    await saver.flush()
    expect(saver.snapshot().state).toEqual({ kind: 'idle' })
    saver.type('b')
    await saver.flush()
    saver.type('bc')
    saver.type('b')
    await saver.flush()
    expect(saver.snapshot().state).toEqual({ kind: 'saved', at: 'saved b' })
  })

  test('keeps the text and the reason when refused, and a retry stores it', async () => {
    let isDiskFull = true
    const saver = new Saver<string>(
      '',
      (value: string) => (isDiskFull ? Promise.reject(new Refusal({ code: 'diskFull' })) : answering(value)),
      NEVER_BY_ITSELF,
    )
    saver.type('long work')
    expect(await saver.flush()).toEqual({ code: 'diskFull' })
    expect(saver.snapshot()).toEqual({ value: 'long work', state: { kind: 'failed', failure: { code: 'diskFull' } } })
    saver.adopt('what the store holds')
    expect(saver.snapshot().value).toBe('long work')
    isDiskFull = false
    await saver.flush()
    expect(saver.snapshot().state).toEqual({ kind: 'saved', at: 'saved long work' })
  })

  test('takes over what is stored elsewhere only when nothing of its own is waiting', async () => {
    const saver = new Saver<string>('old', answering, NEVER_BY_ITSELF)
    saver.adopt('from elsewhere')
    expect(saver.snapshot().value).toBe('from elsewhere')
    saver.type('mine')
    saver.adopt('later from elsewhere')
    expect(saver.snapshot().value).toBe('mine')
  })

  test('stores the cleaned text and leaves the typed one alone', async () => {
    const sent: string[] = []
    const save = async (value: string) => {
      sent.push(value)
      return { savedAt: 'now' }
    }
    const saver = new Saver<string>('', save, { ...NEVER_BY_ITSELF, clean: (value) => value.trim() })
    saver.type('word ')
    await saver.flush()
    saver.adopt('word')
    expect(sent).toEqual(['word'])
    expect(saver.snapshot().value).toBe('word ')
  })

  test('saves nothing while an input method composes, and does afterwards', async () => {
    const sent: string[] = []
    const save = async (value: string) => {
      sent.push(value)
      return { savedAt: 'now' }
    }
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const saver = new Saver<string>('', save, { delay: 0 })
    saver.compose(true)
    saver.type('zhong')
    vi.runAllTimers()
    vi.useRealTimers()
    expect(sent).toEqual([])
    saver.type('中')
    saver.compose(false)
    await expect.poll(() => sent).toEqual(['中'])
  })
})
