import { AxeBuilder } from '@axe-core/playwright'
import { readCode } from '../../shared/report/documents/page-code.ts'
import { t } from '../support/e2e-text.ts'
import { pdfjsRead } from '../support/pdf-readers.ts'
import { expect, test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'
import { printShown, showDocument } from './pages/documents-page.ts'
import { openTeamPart } from './pages/team-page.ts'

const serious = async ({ page }: Desk): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)}`))

test('the lead makes the papers to sign in one file and a pocket list of chosen sections', async ({ bench }) => {
  const desk = await bench.open('lead', { from: ['merged', 'lead'] })
  await desk.go(`/task/${bench.taskId}/documents`)
  const pack = await showDocument(desk, 'pack')
  await expect(pack.getByRole('article')).toHaveCount(5)
  await printShown(desk, pack, bench.file('pack.pdf'))
  const reading = await pdfjsRead(bench.file('pack.pdf'))
  expect(reading.outline.filter((o) => o.depth === 0).length).toBeGreaterThanOrEqual(5)

  const pocket = await showDocument(desk, 'pocket')
  const { template } = await desk.call('sheet.open', { taskId: bench.taskId })
  const [section] = template.sections
  await pocket.getByRole('button', { name: `${section?.code} ${section?.title.zh}` }).click()
  await pocket.getByLabel(t('documents', 'ownPages')).check()
  await printShown(desk, pocket, bench.file('pocket.pdf'))
  expect((await pdfjsRead(bench.file('pocket.pdf'))).pages.join('')).toContain(section?.items[0]?.title.zh.slice(0, 8))
  const models = await desk.call('document.models', {
    taskId: bench.taskId,
    document: 'pocket',
    language: 'zh',
    pocket: { sections: [section?.id ?? ''], ownPages: true, hints: true },
  })
  const codes = models[0]?.blocks.flatMap((b) => (b.kind === 'pocketItem' ? [readCode(b.qr)] : [])) ?? []
  expect(codes.length).toBeGreaterThan(0)
  expect(codes.every((c) => c?.kind === 'item' && c.taskId === bench.taskId)).toBe(true)
  await desk.page.mouse.move(0, 0)
  expect(await serious(desk)).toEqual([])
  expect(desk.complaints).toEqual([])
})

test('an expert prints the own papers before and during work; own words change them', async ({ bench }) => {
  const desk = await bench.open('expert', { from: ['handed', 'e1'] })
  await desk.go(`/task/${bench.taskId}/documents`)
  const list = desk.page.getByRole('navigation', { name: t('documents', 'list') })
  await expect(list.getByRole('button')).toHaveCount(3)
  await desk.page.getByRole('button', { name: t('documents', 'words') }).click()
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel(t('documents', 'word_mark')).fill('某市市场监督管理局')
  await dialog.getByRole('button', { name: t('documents', 'close') }).click()
  const declaration = await showDocument(desk, 'declaration')
  await expect(declaration.getByText('某市市场监督管理局')).toBeVisible()
  await printShown(desk, declaration, bench.file('declaration.pdf'))
  expect(desk.complaints).toEqual([])
})

test('a phrase goes in at the caret, can be undone, and the page beside follows what is saved', async ({ bench }) => {
  const desk = await bench.open('lead', { from: ['merged', 'lead'] })
  const { page } = desk
  await desk.go(`/task/${bench.taskId}/team?part=texts`)
  await openTeamPart(desk, 'texts')
  await page.getByRole('button', { name: t('documents', 'livePreview') }).click()
  const label = `${t('team', 'strengths')} 1`
  const field = page.getByLabel(label, { exact: true })
  await field.fill('甲乙')
  await field.press('Home')
  await field.press('ArrowRight')
  await page.getByRole('button', { name: t('documents', 'phrasesFor', { label }) }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('documents', 'phraseNew')).fill('【自己的话】')
  await dialog.getByRole('button', { name: t('documents', 'phraseKeep') }).click()
  await dialog.getByRole('button', { name: '【自己的话】', exact: true }).click()
  await expect(field).toHaveValue('甲【自己的话】乙')
  const preview = page.getByRole('region', { name: t('documents', 'previewHere') })
  await expect(preview).toContainText('甲【自己的话】乙', { timeout: 2_000 })
  await field.press('Control+z')
  await expect(field).toHaveValue('甲乙')
  await expect(preview).not.toContainText('【自己的话】')
  expect(desk.complaints).toEqual([])
})
