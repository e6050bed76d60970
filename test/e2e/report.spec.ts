import { appendFileSync, copyFileSync, readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { unzipSync } from 'fflate'
import { t } from '../support/e2e-text.ts'
import { pdfjsRead } from '../support/pdf-readers.ts'
import { expect, test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'

const FORMATS = ['pdf', 'docx', 'zip'] as const

async function write({ page, answer }: Desk, format: (typeof FORMATS)[number] | 'xlsx', file: string): Promise<Buffer> {
  await answer(file)
  await page.getByRole('button', { name: t('report', `export_${format}`) }).click()
  await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible({ timeout: 60_000 })
  return readFileSync(file)
}

async function check({ page, answer }: Desk, file: string): Promise<string> {
  await answer(file)
  await page.getByRole('button', { name: t('report', 'checkChoose') }).click()
  const said = page.getByRole('status').filter({ hasText: /pdf”/ })
  await expect(said).toBeVisible()
  return (await said.textContent()) ?? ''
}

test('an issued report is taken out in every way, and known again', async ({ bench }) => {
  test.slow()
  const desk = await bench.open('lead', { from: ['closed', 'lead'] })
  await desk.go(`/task/${bench.taskId}/report`)
  for (const format of [...FORMATS, 'xlsx'] as const) {
    const bytes = await write(desk, format, bench.file(`report.${format}`))
    expect(bytes.subarray(0, 4).toString('latin1')).toBe(format === 'pdf' ? '%PDF' : 'PK\x03\x04')
  }
  const files = unzipSync(readFileSync(bench.file('report.zip')))
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['index.html', '清单.csv', 'manifest-sha256.txt']))
  expect(await check(desk, bench.file('report.pdf'))).toContain('一个字节都没有变')
  copyFileSync(bench.file('report.pdf'), bench.file('touched.pdf'))
  appendFileSync(bench.file('touched.pdf'), '\n')
  expect(await check(desk, bench.file('touched.pdf'))).toContain('请以签发的文件为准')
  await desk.page.mouse.move(0, 0)
  const { violations } = await new AxeBuilder({ page: desk.page }).setLegacyMode(true).analyze()
  expect(violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => v.id)).toEqual([])
  expect(desk.complaints).toEqual([])
})

test('before the issue everything taken out is a draft', async ({ bench }) => {
  const desk = await bench.open('lead', { from: ['merged', 'lead'] })
  await desk.go(`/task/${bench.taskId}/report`)
  await expect(desk.page.getByText(t('report', 'draftNote'))).toBeVisible()
  await write(desk, 'pdf', bench.file('draft.pdf'))
  await expect(desk.page.getByText(t('report', 'writtenDraft'))).toBeVisible()
  const { pages } = await pdfjsRead(bench.file('draft.pdf'))
  expect(pages.filter((page) => !page.includes('草稿'))).toEqual([])
  expect(desk.complaints).toEqual([])
})
