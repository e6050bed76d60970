import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { renderDocx } from '../../../electron/report/docx/write.ts'
import { readWorkbook } from '../../../electron/tabular/read.ts'
import { writeWorkbook } from '../../../electron/tabular/write.ts'
import { parseCsv, writeCsv } from '../../../shared/tabular/csv.ts'
import { LIMITS } from '../../../shared/tabular/limits.ts'
import { cells, worksheet } from '../../../shared/tabular/workbook.ts'
import { FONTS, modelOf, tableOf } from '../../support/report-model.ts'
import { officeTexts, parseXml } from '../../support/xml-parts.ts'

const folder = mkdtempSync(join(tmpdir(), 'odd-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠x', '=HYPERLINK("http://x","y")', "'=1"]
const BLANKS = ['', ' ', '  ', '\t', '\r', '\r\n', '\n', '\u00a0', '\u3000', '\ufeff', ' \t']
const RISKY = BLANKS.flatMap((blank) => FORMULAS.map((formula) => blank + formula))
const CONTROL = Array.from({ length: 32 }, (_, n) => String.fromCharCode(n))
const WRONG = [
  ...CONTROL,
  '\u007f',
  '\ud800',
  '\udc00',
  '\ufffe',
  '\uffff',
  '\udfff\ud800',
  '_x0000_',
  '_x005F_',
  ']]>',
  '<![CDATA[',
]
const ALL = WRONG.join('a')
const run = { signal: new AbortController().signal, progress: () => {} }

describe('texts that look like formulas', () => {
  test('stay texts in a workbook and come back as they were', async () => {
    const bytes = await writeWorkbook({
      sheets: [
        worksheet(
          'S',
          RISKY.map((text) => cells([text])),
        ),
      ],
    })
    const path = join(folder, 'risky.xlsx')
    writeFileSync(path, bytes)
    expect(Buffer.from(bytes).includes('<f>')).toBe(false)
    const read = await readWorkbook(path, run)
    expect(read.ok && read.value.sheets[0]?.rows.map((r) => r[0]?.value)).toEqual(RISKY)
  })

  test('have an apostrophe before them in a text file, which is taken off again', () => {
    const csv = writeCsv(RISKY.map((text) => cells([text, '1'])))
    const fields = parseCsv(csv.replaceAll("'", '’'), LIMITS)?.map(([first = '']) => first) ?? []
    // As a spreadsheet program sees it, before our reader takes the guard off.
    expect(fields).toHaveLength(RISKY.length)
    for (const field of fields) expect(field).toMatch(/^’/)
    expect(parseCsv(csv, LIMITS)?.map(([first]) => first)).toEqual(RISKY)
    // The control: what is no formula has none.
    expect(writeCsv([cells(['a=1', '1-2', ' x'])])).not.toContain("'")
  })

  test('any text comes back out of a text file', () => {
    const text = fc.string({ unit: fc.constantFrom(...BLANKS, ...'=+-@＝\'",;ab\u0000') })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (row) => {
        fc.pre(row.some((t) => t !== ''))
        expect(parseCsv(writeCsv([cells(['x', ...row])]), LIMITS)).toEqual([['x', ...row]])
      }),
    )
  })
})

describe('characters XML cannot hold', () => {
  test('the control: our reader of XML refuses them', () => {
    for (const wrong of [...CONTROL.filter((c) => !/[\t\n\r]/.test(c)), '\ud800', '\ufffe', '\uffff', '&nbsp;', '<b>'])
      expect(() => parseXml(`<a>${wrong}</a>`)).toThrow()
    expect(() => officeTexts(zipSync({ 'a.xml': strToU8('<a b="&#0;"/>') }))).toThrow()
  })

  test('leave a workbook readable, and stand in its cells as they were', async () => {
    const sheet = worksheet(`S${ALL}`, [cells([ALL, ...WRONG])], {
      choices: [{ area: { top: 0, left: 0, bottom: 0, right: 0 }, values: [ALL, 'b'] }],
      page: { landscape: false, repeatRows: 1, header: ALL, footer: ALL },
    })
    const long = worksheet('😀'.repeat(40), [], {
      page: { landscape: false, repeatRows: 1, header: '', footer: '' },
    })
    const bytes = await writeWorkbook({ sheets: [sheet, long, long] })
    expect(officeTexts(bytes).length).toBeGreaterThan(50)
    const path = join(folder, 'odd.xlsx')
    writeFileSync(path, bytes)
    const read = await readWorkbook(path, run)
    expect(read.ok && read.value.sheets[0]?.rows[0]?.map((c) => c.value)).toEqual([ALL, ...WRONG])
    const names = read.ok ? read.value.sheets.map((s) => s.name) : []
    expect(new Set(names).size).toBe(4)
    for (const name of names) expect(name).not.toContain('\ufffd')
  })

  test('leave a Word document readable, wherever they stand', async () => {
    const model = modelOf(
      [
        { kind: 'heading', level: 1, text: ALL },
        { kind: 'paragraph', tone: 'body', text: ALL },
        { kind: 'labelled', label: ALL, text: ALL },
        tableOf([[ALL, ALL]], [ALL, ALL]),
        {
          kind: 'photoSheet',
          missing: ALL,
          photos: [{ sha256: 'f'.repeat(64), figure: ALL, caption: ALL, lines: [ALL] }],
        },
      ],
      {
        title: ALL,
        header: { left: ALL, right: ALL },
        footer: { left: ALL, page: ALL, right: ALL },
        draft: ALL,
      },
    )
    const target = join(folder, 'odd.docx')
    const done = await renderDocx({
      model,
      fontsDir: FONTS,
      photo: () => null,
      cacheDir: folder,
      target,
    })
    if (!done.ok) throw new Error(JSON.stringify(done.failure))
    expect(officeTexts(readFileSync(target)).join('')).toContain('<![CDATA[')
  })
})
