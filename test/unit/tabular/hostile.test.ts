import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPool, type JobPool } from '../../../electron/jobs/pool.ts'
import { readWorkbook } from '../../../electron/tabular/read.ts'
import { writeWorkbook } from '../../../electron/tabular/write.ts'
import { blankContent } from '../../../shared/checklist/draft.ts'
import { cells, worksheet } from '../../../shared/tabular/workbook.ts'
import { inDirectory, rawXlsx } from '../../support/raw-xlsx.ts'
import { industrialTemplate } from '../../support/sample-task.ts'

const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
let pool: JobPool
beforeAll(() => {
  pool = createPool({ workers: 1 })
})
afterAll(async () => {
  await pool.close()
  rmSync(folder, { recursive: true, force: true })
})

let files = 0
function fileOf(bytes: Uint8Array | string, extension = 'xlsx'): string {
  const path = join(folder, `${++files}.${extension}`)
  writeFileSync(path, bytes)
  return path
}
async function read(bytes: Uint8Array | string, extension = 'xlsx', signal = new AbortController().signal) {
  return await readWorkbook(fileOf(bytes, extension), { signal, progress: () => {} })
}
/** The reason it is refused for, or the values of the first sheet. */
async function outcome(bytes: Uint8Array | string, extension?: string): Promise<unknown> {
  const done = await read(bytes, extension)
  return done.ok ? done.value.sheets[0]?.rows.map((r) => r.map((c) => c.value)) : done.failure.detail
}
async function problems(bytes: Uint8Array): Promise<string[]> {
  const done = await read(bytes)
  if (!done.ok) throw new Error(done.failure.detail)
  return done.value.problems.map((p) => `${p.cell} ${p.code} ${p.value}`.trim())
}

const cell = (name: string, value: string | number, more = '') => `<c r="${name}"${more}><v>${value}</v></c>`
const text = (name: string, value: string) => `<c r="${name}" t="inlineStr"><is><t>${value}</t></is></c>`
const MAPPING = {
  sheet: 'S',
  headRow: 0,
  firstRow: 1,
  lastRow: null,
  type: 'points' as const,
  category: 'industry' as const,
  number: 'x',
  title: 'x',
}
const row = (n: number, inner: string, more = '') => `<row r="${n}"${more}>${inner}</row>`
const one = row(1, cell('A1', 7))
const SHEET = 'xl/worksheets/sheet1.xml'
const plain = rawXlsx({ data: one })

test('the control: an ordinary file made the same way is read', async () => {
  expect(await outcome(plain)).toEqual([[7]])
  expect(await problems(plain)).toEqual([])
})

describe('files of other kinds are told apart', () => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)])
  test.each([
    ['an old workbook', ole, 'xls'],
    ['one with a password', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]), 'encrypted'],
    ['a binary workbook', rawXlsx({ parts: { 'xl/workbook.bin': 'x' } }), 'xlsb'],
    ['OpenDocument', rawXlsx({ parts: { mimetype: 'x', 'content.xml': '<x/>' } }), 'ods'],
    ['text', 'hello', 'notAWorkbook'],
    ['nothing', '', 'notAWorkbook'],
    ['entries locked by ZIP', inDirectory(plain, SHEET, (v, at) => v.setUint16(at + 8, 1, true)), 'encrypted'],
  ])('%s', async (_, bytes, reason) => expect(await outcome(bytes)).toBe(reason))
})

describe('archives that lie', () => {
  const big = 'xl/big.xml'
  test('about size are stopped before and while they inflate', async () => {
    const spaces = (mib: number) => rawXlsx({ data: one, parts: { [big]: ' '.repeat(mib * 1024 * 1024) } })
    expect(await outcome(spaces(1))).toEqual([[7]])
    expect(await outcome(spaces(2))).toBe('bomb')
    const inSheet = (mib: number) => rawXlsx({ data: one + ' '.repeat(mib * 1024 * 1024) })
    const lying = inDirectory(inSheet(64), SHEET, (v, at) => v.setUint32(at + 24, 100_000, true))
    expect(await outcome(lying)).toBe('damaged')
  })
  test('about offsets, counts and sums', async () => {
    const target = inDirectory(plain, SHEET, (v, at) => v.setUint32(at + 42, 0xffff_ff00, true))
    expect(await outcome(target)).toBe('damaged')
    const offsetOf = (name: string) => {
      let found = 0
      inDirectory(plain, name, (v, at) => (found = v.getUint32(at + 42, true)))
      return found
    }
    const shared = inDirectory(plain, SHEET, (v, at) => v.setUint32(at + 42, offsetOf('xl/styles.xml'), true))
    expect(await outcome(shared)).toBe('damaged')
    const wrongSum = inDirectory(plain, SHEET, (v, at) => v.setUint32(at + 16, 1, true))
    expect(await outcome(wrongSum)).toBe('damaged')
    for (const length of [plain.length - 1, plain.length - 40, 40]) {
      expect(await outcome(plain.subarray(0, length))).toMatch(/damaged|notAWorkbook/)
    }
    const many = (count: number) =>
      rawXlsx({ data: one, parts: Object.fromEntries(Array.from({ length: count }, (_, n) => [`x/${n}`, ''])) })
    expect(await outcome(many(1900))).toEqual([[7]])
    expect(await outcome(many(2000))).toBe('tooLarge')
  })
})

describe('XML that attacks', () => {
  const sheet = (xml: string | Uint8Array) => rawXlsx({ parts: { [SHEET]: xml } })
  const body = `<worksheet><sheetData>${one}</sheetData></worksheet>`
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  test.each([
    ['the control', `<?xml version="1.0"?><!-- > -->${body}`, [[7]]],
    ['a document type', laughs + body, 'doctype'],
    ['one inside', body.replace('<v>', '<!DOCTYPE x><v>'), 'doctype'],
    ['an unknown entity', body.replace('<v>7', '<v>&b;'), 'damaged'],
    ['a character there is none of', body.replace('<v>7', '<v>&#xffffffff;'), 'damaged'],
    ['tags that cross', body.replace('</row>', '</c>'), 'damaged'],
    ['no end', body.slice(0, -20), 'damaged'],
    ['endless nesting', '<a>'.repeat(100_000), 'damaged'],
    ['an endless tag', `<worksheet ${'x'.repeat(600_000)}`, 'bomb'],
    ['an endless attribute', `<worksheet><row r="${' ='.repeat(200_000)}"/></worksheet>`, 'damaged'],
    ['an endless value', body.replace('7', '1'.repeat(300_000)), 'bomb'],
    ['a number there is none of', body.replace('7', '1e999'), 'damaged'],
    ['a cell there is none of', body.replace('A1', 'ZZZZ1'), 'damaged'],
    ['a text there is none of', body.replace('r="A1"', 'r="A1" t="s"'), 'damaged'],
    ['another script', Buffer.from(`\ufeff${body}`, 'utf16le'), 'encoding'],
    ['broken UTF-8', Buffer.concat([Buffer.from(body), Buffer.from([0xff])]), 'encoding'],
  ])('%s', async (_, xml, expected) => expect(await outcome(sheet(xml))).toEqual(expected))
})

describe('sheets that are too much', () => {
  test('a long text repeated', async () => {
    const strings = `<si><t>${'x'.repeat(32_000)}</t></si>`
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => row(n + 1, cell(`A${n + 1}`, 0, ' t="s"'))).join('')
    expect(await outcome(rawXlsx({ strings, data: rows(100) }))).toHaveLength(100)
    expect(await outcome(rawXlsx({ strings, data: rows(1000) }))).toBe('tooManyCells')
  })
  test('few cells far apart', async () => {
    const corner = row(1_048_576, cell('XFD1048576', 1))
    expect(await outcome(rawXlsx({ data: one + corner }))).toEqual([[7]])
    expect(await problems(rawXlsx({ data: one + corner }))).toEqual(['XFD1048576 beyondLimits 1'])
    const wide = (count: number) => Array.from({ length: count }, (_, n) => row(n + 1, cell(`ALL${n + 1}`, 1))).join('')
    expect(await outcome(rawXlsx({ data: wide(100) }))).toHaveLength(100)
    expect(await outcome(rawXlsx({ data: wide(3000) }))).toBe('tooManyCells')
  })
  test('merged areas', async () => {
    const merges = (refs: string[]) => `<mergeCells>${refs.map((r) => `<mergeCell ref="${r}"/>`).join('')}</mergeCells>`
    const all = await read(rawXlsx({ data: one, after: merges(['A1:XFD1048576']) }))
    expect(all.ok && all.value.sheets[0]?.merges).toEqual([{ top: 0, left: 0, bottom: 0, right: 0 }])
    const many = merges(Array.from({ length: 20_001 }, (_, n) => `A${n + 1}:B${n + 1}`))
    expect(await outcome(rawXlsx({ data: one, after: many }))).toBe('tooManyCells')
  })
  test('errors in every cell are listed up to a bound', async () => {
    const bad = Array.from({ length: 2000 }, (_, n) => row(n + 1, cell(`A${n + 1}`, '#REF!', ' t="e"'))).join('')
    const found = await problems(rawXlsx({ data: bad }))
    expect(found).toHaveLength(501)
    expect(found.at(-1)).toBe('moreProblems')
  })
})

describe('values as they are meant', () => {
  const styles =
    '<numFmts><numFmt numFmtId="200" formatCode="0.00&quot;分&quot;"/><numFmt numFmtId="201" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>' +
    `<cellXfs>${[0, 14, 200, 201, 9, 22, 20].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`
  const value = async (inner: string, more: { strings?: string; workbook?: string } = {}) =>
    ((await outcome(rawXlsx({ data: row(1, inner), styles, ...more }))) as unknown[][])[0]?.[0]

  test.each([
    ['a day', cell('A1', 46_053, ' s="1"'), '2026-01-31'],
    ['a day in a format of one’s own', cell('A1', 46_053, ' s="3"'), '2026-01-31'],
    ['a day with its time', cell('A1', 46_053.5, ' s="5"'), '2026-01-31 12:00'],
    ['a time', cell('A1', 0.25, ' s="6"'), '06:00'],
    ['the first of March 1900', cell('A1', 61, ' s="1"'), '1900-03-01'],
    ['the last of February 1900', cell('A1', 59, ' s="1"'), '1900-02-28'],
    ['decimals that are shown', cell('A1', 1.1, ' s="2"'), '1.10'],
    ['decimals that are not', cell('A1', 1.123, ' s="2"'), 1.123],
    ['per cent', cell('A1', 0.85, ' s="4"'), '85%'],
    ['yes', cell('A1', 1, ' t="b"'), '是'],
    [
      'a text of its own',
      '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>x</t></rPh></is></c>',
      'a b',
    ],
    ['what a formula gave', '<c r="A1"><f>1+1</f><v>2</v></c>', 2],
    ['the text a formula gave', '<c r="A1" t="str"><f>A2</f><v>=x</v></c>', '=x'],
  ])('%s', async (_, inner, expected) => expect(await value(inner)).toBe(expected))

  test('days of the other calendar', async () => {
    const workbook =
      '<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    expect(await value(cell('A1', 44_591, ' s="1"'), { workbook })).toBe('2026-01-31')
  })
  test('runs of one text, readings left out', async () => {
    const strings = '<si><r><t>质</t></r><r><t>量</t></r><rPh sb="0" eb="1"><t>zhi</t></rPh></si>'
    expect(await value(cell('A1', 0, ' t="s"'), { strings })).toBe('质量')
  })
  test('what cannot be read is said at its cell, what is hidden or not read is said too', async () => {
    const data =
      row(1, '<c r="A1"><f>NOW()</f></c>' + cell('B1', '#REF!', ' t="e"') + cell('C1', 1)) +
      row(2, cell('A2', 2), ' hidden="1"')
    const bytes = rawXlsx({
      data,
      before: '<cols><col min="2" max="2" hidden="1"/></cols>',
      workbook:
        '<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" state="veryHidden" r:id="r1"/></sheets></workbook>',
      parts: { 'xl/vbaProject.bin': 'x', 'xl/externalLinks/externalLink1.xml': '<x/>', 'xl/media/image1.png': 'x' },
    })
    expect(await problems(bytes)).toEqual([
      'externalLinks 1',
      'macros',
      'pictures 1',
      'A1 formulaWithoutValue',
      'B1 errorValue #REF!',
      'A2 hiddenRows 1',
      'B1 hiddenColumns 1',
      'hiddenSheet 2',
    ])
  })
})

describe('text files', () => {
  test('in the encodings offices use', async () => {
    const gbk = Buffer.from([0xb7, 0xd6, 0xd6, 0xb5, 0x2c, 0x31, 0x30])
    expect(await outcome(gbk, 'csv')).toEqual([['分值', '10']])
    expect(await outcome(Buffer.from('\ufeff分值\t10\r\n', 'utf16le'), 'txt')).toEqual([['分值', '10']])
    expect(await outcome('分值;10\n"a;""b""";2', 'csv')).toEqual([
      ['分值', '10'],
      ['a;"b"', '2'],
    ])
  })
  test('that are none, or too much', async () => {
    expect(await outcome(Buffer.from([1, 0, 2]), 'csv')).toBe('notAWorkbook')
    expect(await outcome(','.repeat(2000), 'csv')).toBe('tooManyCells')
    expect(await outcome('"never closed', 'csv')).toEqual([['never closed']])
  })
})

describe('in the worker', () => {
  const large = rawXlsx({
    data: Array.from({ length: 40_000 }, (_, n) => row(n + 1, cell(`A${n + 1}`, n) + cell(`B${n + 1}`, n * 3.7))).join(
      '',
    ),
  })
  test('progress is told, and the file is read', async () => {
    const steps: number[] = []
    const done = await pool.run('openWorkbook', { path: fileOf(large) }, { onProgress: (_, at) => steps.push(at) })
    expect(done.ok && done.value.book.sheets[0]?.rows.length).toBe(40_000)
    expect(steps.length).toBeGreaterThan(2)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  })
  test('a cancel ends it', async () => {
    const controller = new AbortController()
    const path = fileOf(large)
    const done = await pool.run(
      'openWorkbook',
      { path },
      { signal: controller.signal, onProgress: () => controller.abort() },
    )
    expect(done).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  })
})

describe('places and texts no program writes', () => {
  const heads = row(1, text('A1', '评价内容') + text('B1', '分值'))
  const run = { limitMs: 10_000 }
  async function opened(bytes: Uint8Array) {
    const done = await pool.run('openWorkbook', { path: fileOf(bytes) }, run)
    return done.ok ? done.value : done.failure
  }
  async function imported(bytes: Uint8Array, columns: Record<string, number>, sections: 'none' | 'columns' = 'none') {
    const file = await opened(bytes)
    if (!('book' in file)) return file
    const mapping = { ...MAPPING, sections, columns }
    const args = { book: file.book, kind: file.view.kind, mapping, base: blankContent(industrialTemplate()) }
    const done = await pool.run('importWorkbook', args, run)
    return done.ok ? done.value.preview : done.failure
  }

  test.each(['1.5', '1e3', '0x2', '-1', '0', ' 1'])('a row numbered %s', async (number) => {
    const data = `<row r="${number}"><c><v>7</v></c></row>`
    expect(await outcome(rawXlsx({ data }))).toBe('damaged')
  })

  test.each(['-1000000000000', '-1e300', 'x', '0.5'])('hidden columns from %s', async (min) => {
    const before = `<cols><col min="${min}" max="5" hidden="1"/></cols>`
    const file = await opened(rawXlsx({ data: one, before }))
    expect(file).toMatchObject({ book: { sheets: [{ rows: [[{ value: 7 }]] }] } })
  })

  test('a text longer than a cell may be is cut and reported', async () => {
    const strings = `<si><t>${'x'.repeat(100_000)}</t></si>`
    const file = await read(
      rawXlsx({ strings, data: row(1, cell('A1', 0, ' t="s"') + text('B1', 'y'.repeat(40_000))) }),
    )
    if (!file.ok) throw new Error(file.failure.detail)
    expect(file.value.sheets[0]?.rows[0]?.map((c) => String(c.value).length)).toEqual([32_767, 32_767])
    expect(file.value.problems.map((p) => `${p.cell} ${p.code}`)).toEqual(['A1 textCut', 'B1 textCut'])
  })

  test('blanks without end over and in headings', async () => {
    const blanks = ' '.repeat(250_000)
    const above = row(1, text('A1', `a${blanks}b`)) + row(2, text('A2', '评价内容') + text('B2', '分值'))
    expect(await opened(rawXlsx({ data: above + row(3, text('A3', 'x') + cell('B3', 1)) }))).toHaveProperty('book')
    const data = heads + row(2, text('A2', `x(${blanks}b`) + text('B2', '章节'))
    expect(await imported(rawXlsx({ data }), { title: 0, type: 1 })).toHaveProperty('counts.sections', 1)
  })

  test('one long text merged over the sheet does not fill the memory', async () => {
    const data = heads + row(2, text('A2', '质'.repeat(19_000))) + row(5001, text('CV5001', 'x'))
    const after = '<mergeCells><mergeCell ref="A2:CV5000"/></mergeCells>'
    const made = await imported(rawXlsx({ data, after }), { title: 0, guidance: 1, evidence: 2 })
    expect(made).toHaveProperty('counts.scored', 1)
    const codes = 'problems' in made ? made.problems?.map((p) => p.code) : []
    expect(codes?.filter((code) => code === 'mergesIgnored')).toHaveLength(1)
  })

  test('a section in every row ends where a checklist has no room for more; that is said once', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) =>
      row(n + 1, text(`A${n + 1}`, `章${n}`) + text(`B${n + 1}`, 'x')),
    )
    const made = await imported(rawXlsx({ data: rows.join('') }), { sectionTitle: 0, title: 1 }, 'columns')
    if (!('counts' in made)) throw new Error(made.code)
    expect(made.counts).toMatchObject({ sections: 2000, scored: 2000, leftOut: 17_999 })
    const beyond = made.problems.filter((p) => p.severity === 'error')
    expect(beyond).toMatchObject([{ cell: 'A2002', code: 'tooManySections', value: '17999' }])
  })

  test('a form whose questions all take one long list', async () => {
    const survey = Array.from({ length: 6000 }, (_, n) => cells(['select_multiple big', `q${n}`, `q${n}`]))
    const choices = Array.from({ length: 6000 }, (_, n) => cells(['big', `c${n}`, `c${n}`]))
    const sheets = [
      worksheet('survey', [cells(['type', 'name', 'label']), ...survey]),
      worksheet('choices', [cells(['list_name', 'name', 'label']), ...choices]),
    ]
    const made = await imported(await writeWorkbook({ sheets }), { title: 0 })
    if (!('counts' in made)) throw new Error(made.code)
    expect(made.counts.scored).toBeGreaterThan(0)
    expect(made.counts.scored + made.counts.leftOut).toBe(6000)
    const beyond = made.problems.filter((p) => p.code === 'tooManyItems')
    expect(beyond.map((p) => p.value)).toEqual([String(made.counts.leftOut)])
  })

  test('words after a closing quote stay in their field', async () => {
    expect(await outcome('"a"b,c\n', 'csv')).toEqual([['ab', 'c']])
  })
})
