import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Template } from '../../../shared/domain/template.ts'
import { jcs } from '../../../shared/package/jcs.ts'
import { isOurWorkbook, readTemplateWorkbook } from '../../../shared/tabular/template-read.ts'
import { templateWorkbook } from '../../../shared/tabular/template-write.ts'
import type { ReadWorkbook, Workbook } from '../../../shared/tabular/workbook.ts'
import { arbFullTemplate, errorsOf } from '../../support/template-arbitraries.ts'

const FOLDER = join(import.meta.dirname, '../../../assets/templates')
const builtIn = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, Template] => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Template])

const asRead = ({ sheets }: Workbook): ReadWorkbook => ({
  sheets: sheets.map((s) => ({ ...s, isHidden: false, hiddenRows: [], hiddenColumns: [] })),
  problems: [],
})

describe('a checklist as tables', () => {
  test.each(builtIn)('%s is the same document again', (_, template) => {
    const book = asRead(templateWorkbook(template))
    expect(isOurWorkbook(book)).toBe('ours')
    const { content, problems } = readTemplateWorkbook(book)
    expect(problems).toEqual([])
    expect(jcs(content)).toBe(jcs(template))
  })

  test('so is any other', () => {
    fc.assert(
      fc.property(arbFullTemplate, (template) => {
        const { content, problems } = readTemplateWorkbook(asRead(templateWorkbook(template)))
        expect(problems.map((p) => p.code)).toEqual(errorsOf(template))
        expect(jcs(content)).toBe(jcs(template))
      }),
      { numRuns: 150 },
    )
  })
})
