import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readWorkbook } from '../../../electron/tabular/read.ts'
import { writeWorkbook } from '../../../electron/tabular/write.ts'
import type { Template } from '../../../shared/domain/template.ts'
import { jcs } from '../../../shared/package/jcs.ts'
import { parseCsv, writeCsv } from '../../../shared/tabular/csv.ts'
import { LIMITS } from '../../../shared/tabular/limits.ts'
import { readTemplateWorkbook } from '../../../shared/tabular/template-read.ts'
import { templateWorkbook } from '../../../shared/tabular/template-write.ts'
import { cells, worksheet } from '../../../shared/tabular/workbook.ts'
import { foodLicence } from '../../fixtures/food-licence.ts'
import { BASE, arbFullTemplate, errorsOf } from '../../support/template-arbitraries.ts'

const folder = mkdtempSync(join(tmpdir(), 'tabular-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = { signal: new AbortController().signal, progress: () => {} }
async function readBytes(bytes: Uint8Array, name = 'a.xlsx') {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const read = await readWorkbook(path, run)
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  return read.value
}

const FOLDER = join(import.meta.dirname, '../../../assets/templates')
const builtIn = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, Template] => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Template])

describe('a written file read again', () => {
  const values = [
    '=1+1',
    '-5',
    '+86',
    '@SUM',
    '\ttab',
    "'quoted",
    '_x000D_',
    '\uffff',
    ' a ',
    '两\n行',
    '007',
    '<&>"',
    '😀',
  ]

  test('keeps every text and number', async () => {
    const rows = [cells(values), [], cells([1, -2.5, 1e-7, 123456789012, 0])]
    const { sheets, problems } = await readBytes(await writeWorkbook({ sheets: [worksheet('a', rows)] }))
    expect(problems).toEqual([])
    expect(sheets[0]?.rows.map((r) => r.map((c) => c.value))).toEqual(rows.map((r) => r.map((c) => c.value)))
  })

  test('as CSV too, with a guard before what could be a formula', async () => {
    const texts = values.filter((v) => v !== '\uffff')
    const text = writeCsv([cells(texts), cells([1.5, 'b'])])
    expect(text).toContain("'=1+1")
    expect(text).not.toMatch(/(^|[,\n"])[=+@]/)
    expect(parseCsv(text, LIMITS)).toEqual([texts, ['1.5', 'b']])
    const { sheets } = await readBytes(Buffer.from(text), 'a.csv')
    expect(sheets[0]?.rows[0]?.map((c) => c.value)).toEqual(texts)
  })

  test.each([...builtIn, ['food licence', foodLicence('current')] as [string, Template]])('%s', async (_, template) => {
    const { content, problems } = readTemplateWorkbook(
      await readBytes(await writeWorkbook(templateWorkbook(template))),
      BASE,
    )
    expect(problems).toEqual([])
    expect(jcs(content)).toBe(jcs(template))
  })

  test('any checklist', async () => {
    await fc.assert(
      fc.asyncProperty(arbFullTemplate, async (template) => {
        const book = await readBytes(await writeWorkbook(templateWorkbook(template)))
        const { content, problems } = readTemplateWorkbook(book, BASE)
        expect(problems.map((p) => p.code)).toEqual(errorsOf(template))
        expect(jcs(content)).toBe(jcs(template))
      }),
      { numRuns: 60 },
    )
  })
})
