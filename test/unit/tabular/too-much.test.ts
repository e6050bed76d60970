import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readWorkbook } from '../../../electron/tabular/read.ts'
import { rawXlsx } from '../../support/raw-xlsx.ts'

const folder = mkdtempSync(join(tmpdir(), 'much-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
/** The reason a file is refused for, or its first sheet's values and what was said about it. */
async function outcome(bytes: Uint8Array | string, extension = 'csv') {
  const path = join(folder, `${++files}.${extension}`)
  writeFileSync(path, bytes)
  const done = await readWorkbook(path, { signal: new AbortController().signal, progress: () => {} })
  if (!done.ok) return done.failure.detail
  const rows = done.value.sheets[0]?.rows.map((r) => r.map((c) => c.value))
  return { rows, problems: done.value.problems.map((p) => `${p.cell} ${p.code} ${p.value}`.trim()) }
}

test('rows without end are cut and said, in little more memory than is kept', async () => {
  const rows = Array.from({ length: 200_000 }, (_, n) => `<row r="${n + 1}"><c r="A${n + 1}"><v>${n}</v></c></row>`)
  const bytes = rawXlsx({ data: rows.join('') })
  rows.length = 0
  const before = process.memoryUsage().rss
  const read = await outcome(bytes, 'xlsx')
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20)
  if (typeof read !== 'object') throw new Error(read)
  expect(read.rows).toHaveLength(50_000)
  expect(read.rows?.at(-1)).toEqual([49_999])
  expect(read.problems[0]).toBe('A50001 beyondLimits 50000')
  expect(read.problems).toHaveLength(501)
})

test('one endless line of a text file is refused, whatever it is made of', async () => {
  const size = 50 * 2 ** 20
  for (const fill of ['a', '"', '"a"x,']) expect(await outcome(Buffer.alloc(size, fill))).toBe('tooManyCells')
  // As much as is allowed ends too: in cells beyond the columns there may be, or in one long text.
  for (const fill of [',', '"a",']) expect(await outcome(fill.repeat(5 * 2 ** 20))).toBe('tooManyCells')
  for (const fill of ['a', '"', '""'])
    expect(await outcome(fill.repeat(5 * 2 ** 20))).toMatchObject({ rows: [[expect.any(String)]] })
  expect(await outcome(Buffer.alloc(65 * 2 ** 20, 'a'))).toBe('tooLarge')
})

test('text files in every encoding offices use; what is none is refused and never half read', async () => {
  const text = '编号,内容\r\n1.1,质量𠀀\r\n'
  const rows = [
    ['编号', '内容'],
    ['1.1', '质量𠀀'],
  ]
  // The last character takes four bytes.
  const gb18030 = Buffer.from('b1e0bac52cc4dac8dd0d0a312e312cd6cac1bf953282360d0a', 'hex')
  expect(await outcome(gb18030)).toMatchObject({ rows })
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  expect(await outcome(little)).toMatchObject({ rows })
  expect(await outcome(Buffer.from(little).swap16())).toMatchObject({ rows })
  expect(await outcome(`\ufeff${text}`)).toMatchObject({ rows })
  for (const unmarked of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()])
    expect(await outcome(unmarked)).toBe('notAWorkbook')
})

test('cells and rows that stand twice or out of order leave one value in each place', async () => {
  const cell = (name: string, value: number) => `<c r="${name}"><v>${value}</v></c>`
  const data = `<row r="2">${cell('B2', 1)}${cell('A2', 2)}${cell('B2', 3)}</row><row r="1">${cell('A1', 4)}</row><row r="2">${cell('A2', 5)}</row>`
  const read = await outcome(rawXlsx({ data }), 'xlsx')
  expect(read).toMatchObject({ rows: [[4], [5, 3]] })
})
