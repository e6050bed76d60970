import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeWorkbook } from '../../../electron/tabular/write.ts'
import { parseTemplate } from '../../../shared/domain/template.ts'
import { jcs } from '../../../shared/package/jcs.ts'
import { oddWorkbook, rowsWorkbook } from '../../support/odd-workbook.ts'

const ROOT = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'cli-template-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function onsite(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'electron/cli.ts'), 'template', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return {
    status,
    stdout,
    lines: stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { code: string }),
  }
}

test('a checklist becomes tables and the same checklist again', () => {
  const source = join(ROOT, 'assets/templates/service.json')
  expect(onsite(source, '-o', 't.xlsx')).toMatchObject({ status: 0, lines: [] })
  expect(onsite('t.xlsx', '-o', 't.json')).toMatchObject({ status: 0, lines: [] })
  const made = readFileSync(join(folder, 't.json'), 'utf8')
  expect(made).toBe(jcs(JSON.parse(readFileSync(source, 'utf8'))))
})

test('another table is read by its heads; one not fit to be issued is not written as a checklist', async () => {
  writeFileSync(join(folder, 'rows.xlsx'), await writeWorkbook(rowsWorkbook()))
  expect(onsite('rows.xlsx', '--category', 'service', '-o', 'rows.json')).toMatchObject({ status: 0, lines: [] })
  const made = parseTemplate(JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8')))
  expect(made).toMatchObject({ ok: true, value: { number: 'rows', category: 'service', totalFull_cp: 4500 } })
  writeFileSync(join(folder, 'odd.xlsx'), await writeWorkbook(oddWorkbook()))
  const odd = onsite('odd.xlsx', '-o', 'odd.json')
  expect(odd.status).toBe(1)
  expect(odd.lines.map((l) => l.code)).toContain('noTitle')
  expect(() => readFileSync(join(folder, 'odd.json'))).toThrow()
})

test('what is no spreadsheet, and what is called wrongly', () => {
  writeFileSync(join(folder, 'bad.xlsx'), 'x')
  expect(onsite('bad.xlsx', '-o', 'bad.json')).toMatchObject({ status: 1, lines: [{ code: 'unsupportedFile' }] })
  expect(onsite('bad.xlsx').status).toBe(2)
  expect(onsite('missing.xlsx', '-o', 'a.json').status).toBe(2)
  expect(onsite('bad.doc', '-o', 'a.json').status).toBe(2)
})
