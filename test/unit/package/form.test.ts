import { describe, expect, test } from 'vitest'
import { jcs, jcsBytes } from '../../../shared/package/jcs.ts'
import { parseCanonical } from '../../../shared/package/json.ts'
import { utf8, utf8Text } from '../../../shared/package/utf8.ts'

describe('jcs', () => {
  test('RFC 8785 §3.2.3: keys by UTF-16 code units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(jcs(value)) as object)).toContain('One')
    expect([...jcs(value).matchAll(/":"([^"]*)"/g)].map((m) => m[1])).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })
  test('RFC 8785 §3.2.2.2: only what must be escaped is', () => {
    expect(jcs('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
    expect(jcs('\b\t\n\f\r\u001f\u007f\u2028')).toBe('"\\b\\t\\n\\f\\r\\u001f\u007f\u2028"')
  })
  test.each<[unknown, string]>([
    [{ b: 1, a: [true, false, null, {}] }, '{"a":[true,false,null,{}],"b":1}'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [Number.MIN_SAFE_INTEGER, '-9007199254740991'],
    [{ a: { '10': 1, '9': 2 } }, '{"a":{"10":1,"9":2}}'],
    [[], '[]'],
  ])('%j', (value, text) => expect(jcs(value)).toBe(text))
  test.each([
    [1.5],
    [-0],
    [NaN],
    [Infinity],
    [2 ** 53],
    [undefined],
    [[undefined]],
    [{ a: undefined }],
    ['\ud800'],
    [{ '\udc00': 1 }],
    [new Date(0)],
    [1n],
    [() => 1],
  ])('refuses %s', (value) => expect(() => jcs(value)).toThrow(TypeError))
  test('32 levels, not 33', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
    expect(jcs(nested(32))).toHaveLength(65)
    expect(() => jcs(nested(33))).toThrow('deep')
  })
})

describe('parseCanonical', () => {
  const parse = (text: string) => parseCanonical(utf8(text))
  test('what jcs writes is read back, without prototypes', () => {
    const value = { b: [1, 'ä', null], a: { c: '中\n\t文' } }
    const read = parseCanonical(jcsBytes(value))
    expect(read).toEqual({ ok: true, value })
    expect(read.ok && Object.getPrototypeOf(read.value)).toBe(null)
  })
  test('depth on both sides, also inside strings', () => {
    expect(parse('['.repeat(32) + ']'.repeat(32)).ok).toBe(true)
    expect(parse('['.repeat(33) + ']'.repeat(33))).toEqual({ ok: false, code: 'depth' })
    expect(parse(`"${'['.repeat(100)}\\"${'{'.repeat(100)}"`).ok).toBe(true)
  })
  test.each([
    ['{"a":1,"a":1}', 'canonical'],
    ['{"b":1,"a":2}', 'canonical'],
    [' 1', 'canonical'],
    ['1 ', 'canonical'],
    ['1e3', 'canonical'],
    ['10.0', 'canonical'],
    ['-0', 'canonical'],
    ['9007199254740992', 'canonical'],
    ['100000000000000000000', 'canonical'],
    ['"\\u0041"', 'canonical'],
    ['"\\/"', 'canonical'],
    ['"\\ud83d\\ude00"', 'canonical'],
    ['"\\ud800"', 'canonical'],
    ['', 'json'],
    ['nul', 'json'],
    ['01', 'json'],
    ['[1,]', 'json'],
    ["'a'", 'json'],
    ['{"a"}', 'json'],
    ['\ufeff1', 'json'],
    ['[1]]', 'json'],
    ['"\t"', 'json'],
    ['{"__proto__":1}', 'key'],
    ['{"a":{"constructor":1}}', 'key'],
    ['[{"prototype":1}]', 'key'],
    ['{"e\u0301":1}', 'key'],
    ['"e\u0301"', 'text'],
    ['"\u2028"', 'text'],
    ['"\u0085"', 'text'],
    ['"\\u0007"', 'text'],
    ['"\\r"', 'text'],
  ])('%s is %s', (text, code) => expect(parse(text)).toEqual({ ok: false, code }))
  test('invalid UTF-8: overlong, surrogate, cut, stray', () => {
    for (const bytes of [
      [0x22, 0xc0, 0xaf, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xe4, 0xb8, 0x22],
      [0x22, 0xff, 0x22],
    ]) {
      expect(parseCanonical(Uint8Array.from(bytes))).toEqual({ ok: false, code: 'utf8' })
    }
    expect(utf8Text(utf8('\ufeff中'))).toBe('\ufeff中')
  })
})
