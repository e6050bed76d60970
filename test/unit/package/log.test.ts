import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../../electron/exchange/crypto.ts'
import {
  EMPTY_LOG,
  LOG_ACTIONS,
  checkLog,
  logBytes,
  nextLogLine,
  toLogValue,
  type LogEvent,
} from '../../../shared/package/log.ts'
import { utf8 } from '../../../shared/package/utf8.ts'

const event = (n: number, over: Partial<LogEvent> = {}): LogEvent => ({
  at: '2026-05-12T08:00:00.000Z',
  mono: n,
  actor: 'e1',
  device: 'd1',
  action: 'answerSet',
  object: `a${n}`,
  before: null,
  after: toLogValue({ value: n }, sha256),
  ...over,
})

function chain(size: number): string[] {
  const lines: string[] = []
  let head = EMPTY_LOG
  for (let n = 0; n < size; n += 1) {
    const next = nextLogLine(head, event(n), sha256)
    lines.push(next.text)
    head = next.head
  }
  return lines
}

describe('log chain', () => {
  const lines = chain(20)

  test('its form, and that it verifies', () => {
    expect(lines[0]).toBe(
      `{"action":"answerSet","actor":"e1","after":{"v":{"value":0}},"at":"2026-05-12T08:00:00.000Z","before":null,"device":"d1","mono":0,"n":1,"object":"a0","prev":"${'0'.repeat(64)}"}`,
    )
    const checked = checkLog(logBytes(lines), sha256)
    expect(checked).toMatchObject({ ok: true, head: { size: 20, sha256: sha256(utf8(lines[19]!)) } })
  })
  test('a changed, dropped, repeated, moved or inserted line is found', () => {
    const broken = (changed: string[]) => checkLog(logBytes(changed), sha256).ok
    expect(broken(lines.slice(0, 19))).toBe(true)
    for (let n = 0; n < 19; n += 1) {
      expect(broken(lines.toSpliced(n, 1))).toBe(false)
      expect(broken(lines.toSpliced(n, 0, lines[n]!))).toBe(false)
      expect(broken(lines.toSpliced(n, 2, lines[n + 1]!, lines[n]!))).toBe(false)
      expect(broken(lines.with(n, lines[n]!.replace('"mono":', '"mono":1')))).toBe(false)
    }
  })
  test('any one byte changed before the last line is found', () => {
    const bytes = logBytes(lines)
    const lastLine = bytes.length - lines[19]!.length - 1
    fc.assert(
      fc.property(fc.nat(lastLine - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Uint8Array.from(bytes)
        changed[at]! ^= mask
        return !checkLog(changed, sha256).ok
      }),
      { numRuns: 500 },
    )
  })
  test('line ends, empty logs, empty lines', () => {
    expect(checkLog(utf8(''), sha256)).toEqual({ ok: false, line: 1, code: 'empty' })
    expect(checkLog(utf8(lines[0]!), sha256)).toEqual({ ok: false, line: 1, code: 'lineEnd' })
    expect(checkLog(utf8(`${lines[0]!}\r\n`), sha256).ok).toBe(false)
    expect(checkLog(utf8(`\n${lines[0]!}\n`), sha256).ok).toBe(false)
  })
  test('only listed actions, only the schema', () => {
    expect(() =>
      nextLogLine(EMPTY_LOG, { ...event(0), action: 'other' as (typeof LOG_ACTIONS)[number] }, sha256),
    ).toThrow()
    expect(() => nextLogLine(EMPTY_LOG, event(0, { object: 'a\nb' }), sha256)).toThrow()
    expect(new Set(LOG_ACTIONS).size).toBe(LOG_ACTIONS.length)
  })
  test('values up to 256 bytes are kept, longer ones hashed', () => {
    expect(toLogValue('x'.repeat(254), sha256)).toEqual({ v: 'x'.repeat(254) })
    expect(toLogValue('x'.repeat(255), sha256)).toEqual({ h: sha256(utf8(`"${'x'.repeat(255)}"`)) })
    expect(toLogValue('中'.repeat(85), sha256)).toHaveProperty('h')
    expect([toLogValue(null, sha256), toLogValue(undefined, sha256)]).toEqual([null, null])
    expect(() => nextLogLine(EMPTY_LOG, event(0, { after: { v: 'x'.repeat(300) } }), sha256)).toThrow()
  })
})
