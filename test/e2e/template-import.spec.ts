import { writeFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { writeWorkbook } from '../../electron/tabular/write.ts'
import { BAD_POINTS_CELL, TWICE_CELL, foreignChecklist } from '../support/foreign-checklist.ts'
import { startOf, t } from '../support/e2e-text.ts'
import { expect, test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'
import { chooseWorkbook, liveLine, mapColumn, problemAt, sheetGrid, toPreview } from './pages/import-page.ts'
import { field, row, saved } from './pages/templates-page.ts'

async function isAccessible({ page }: Desk): Promise<void> {
  // Where the mouse rests, colours are those of a button pointed at.
  await page.mouse.move(0, 0)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  expect(serious.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)}`))).toEqual([])
}

test('a stranger’s spreadsheet becomes a checklist that a task can use', async ({ bench }) => {
  test.slow()
  const file = bench.file('供应商审核表.xlsx')
  writeFileSync(file, await writeWorkbook(foreignChecklist()))
  const desk = await bench.open('lead', { from: ['handed', 'lead'] })
  const { page } = desk

  // A file that only looks like a workbook says what to do; nothing is lost by it.
  writeFileSync(bench.file('照片.xlsx'), 'no workbook')
  await chooseWorkbook(desk, bench.file('照片.xlsx'))
  await expect(page.getByRole('alert')).toContainText(t('workbookRefusals', 'notAWorkbook'))
  await chooseWorkbook(desk, file)

  // Head, sections and columns are guessed; another meaning previews anew at once and can be taken back.
  await expect(page.getByText(t('templateImport', 'guessed'))).toBeVisible()
  const counts = (items: number, points: number) => t('templateImport', 'liveCounts', { sections: 2, items, points })
  await expect(liveLine(desk)).toContainText(counts(6, 90))
  await mapColumn(desk, 'D', '')
  await expect(liveLine(desk)).toContainText(t('templateImport', 'noPointsColumn'))
  await mapColumn(desk, 'D', 'points')
  await expect(liveLine(desk)).toContainText(counts(6, 90))
  await sheetGrid(desk).focus()
  for (const key of ['Control+Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'f'])
    await page.keyboard.press(key)
  await expect(liveLine(desk)).toContainText(counts(5, 70))
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('f')
  await expect(liveLine(desk)).toContainText(counts(6, 90))
  await page.getByLabel(t('templateImport', 'number'), { exact: true }).fill('LN-GYS-2026')
  await isAccessible(desk)

  // Both mistakes are reported at their cells; a press leads there, going back keeps everything.
  await toPreview(desk)
  await expect(problemAt(desk, BAD_POINTS_CELL)).toContainText(startOf(t('cellProblems', 'noPoints')))
  await expect(problemAt(desk, TWICE_CELL)).toContainText(t('cellProblems', 'duplicateCode', { value: '2.2' }))
  await expect(page.getByText(t('templateImport', 'totalDiffers', { stated: 100, difference: 10 }))).toBeVisible()
  await isAccessible(desk)
  await problemAt(desk, BAD_POINTS_CELL)
    .getByRole('button', { name: t('templateImport', 'toCell', { cell: BAD_POINTS_CELL }) })
    .click()
  await expect(sheetGrid(desk)).toBeFocused()
  await expect(sheetGrid(desk).getByRole('gridcell', { selected: true })).toContainText('待定')
  await desk.go('/templates')
  await expect(page.getByRole('heading', { level: 1, name: t('templates', 'templatesTitle') })).toBeVisible()
  await desk.go('/templates/import?step=columns')
  await expect(page.getByLabel(t('templateImport', 'number'), { exact: true })).toHaveValue('LN-GYS-2026')
  await toPreview(desk)
  await page.getByRole('button', { name: t('templateImport', 'accept') }).click()

  // What is left is put right in the editor.
  await row(desk, '内部审核覆盖全部过程').click()
  await field(desk, t('templateEditor', 'fullMarks')).fill('10')
  await row(desk, '不合格品有标识和隔离').click()
  await field(desk, t('templateEditor', 'itemCode')).fill('2.3')
  await saved(desk)
  await page.getByRole('button', { name: t('templateEditor', 'issue'), exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('templateEditor', 'issueNow'), exact: true })
    .click()
  await expect(page.getByRole('dialog').getByText(t('templateEditor', 'issuedText'))).toBeVisible()
  const issued = (await desk.call('template.list', {})).find((one) => one.number === 'LN-GYS-2026')
  expect(issued).toMatchObject({ totalFull_cp: 10_000, counts: { scored: 6 } })
  const draft = await desk.call('task.newDraft', {
    projectId: bench.projectId,
    templateSha256: issued?.sha256 ?? '',
    fromSample: false,
  })
  expect(draft.draft.templateSha256).toBe(issued?.sha256)

  await page.getByRole('button', { name: t('templateLayer', 'useInTask') }).click()
  await expect(page.getByRole('dialog')).toContainText('LN-GYS-2026')

  // The same head is known again.
  await chooseWorkbook(desk, file)
  await expect(page.getByText(t('templateImport', 'remembered'))).toBeVisible()
  expect(desk.complaints).toEqual([])
})

test('two editions stand side by side; food lies over the industrial checklist', async ({ bench }) => {
  test.slow()
  const desk = await bench.open('lead', { from: ['handed', 'lead'] })
  const { page } = desk
  const base = (await desk.call('template.list', {})).find((one) => one.category === 'industry')
  if (base === undefined) throw new Error('no industrial sample')

  const { draftId, content } = await desk.call('template.newDraft', { from: { kind: 'edition', sha256: base.sha256 } })
  const [first, second] = content.sections
  const [one, two] = second?.items ?? []
  if (first === undefined || second === undefined || one === undefined || two === undefined) throw new Error('sample')
  one.title.zh += '并留存记录'
  two.allowNA = !two.allowNA
  second.items.reverse()
  await desk.call('template.saveDraft', { draftId, json: JSON.stringify(content) })
  const issued = await desk.call('template.issue', { draftId })

  // Without a choice: the newest edition against the one before.
  await desk.go('/templates/compare')
  await expect(page.getByRole('heading', { name: t('templateCompare', 'summary') })).toBeVisible()
  await expect(page.getByText(t('templateCompare', 'rulesSame'))).toBeVisible()
  const changed = page.getByRole('article', { name: `${one.code} ${one.title.zh}`, exact: true })
  await expect(changed.locator('ins')).toHaveText('并留存记录')
  await expect(changed.locator('del')).toHaveCount(0)
  await expect(page.getByText(startOf(t('templateCompare', 'positionAll')))).toBeVisible()
  await page.keyboard.press('j')
  const all = await page.locator('[data-change]').count()
  await expect(page.getByText(t('templateCompare', 'position', { n: 1, all }))).toBeVisible()
  await expect(page.locator('[data-change]').first()).toBeFocused()
  await page.keyboard.press('k')
  await expect(page.locator('[data-change]').last()).toBeFocused()
  await expect(page.locator('.compare-same')).toHaveCount(0)
  await page.getByLabel(t('templateCompare', 'onlyChanges')).uncheck()
  await expect(page.locator('.compare-same').first()).toBeVisible()
  await isAccessible(desk)
  await page.getByRole('button', { name: t('templateCompare', 'swap') }).click()
  await expect(changed).toHaveCount(0)
  await expect(page.locator('del', { hasText: '并留存记录' })).toBeVisible()

  // The add-on fits the edition it was made for and no other.
  await desk.go(`/templates/layer?base=${issued.sha256}`)
  await expect(page.getByRole('heading', { name: t('templateLayer', 'conflictsTitle') })).toBeVisible()
  await expect(page.getByText(startOf(t('layerConflicts', 'baseDiffers')))).toBeVisible()
  await isAccessible(desk)
  await page.getByRole('button', { name: t('templateLayer', 'chooseFitting') }).click()
  await expect(page.getByText(t('templateLayer', 'totalSame', { total: 1000 }))).toBeVisible()
  await isAccessible(desk)
  await page.getByRole('button', { name: t('templateLayer', 'adopt') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('templateLayer', 'adopt') })
    .click()
  await expect(page.getByText(t('templateLayer', 'adopted'))).toBeVisible()
  await page.getByRole('button', { name: t('templateLayer', 'useInTask') }).click()
  // The new task begins with the layered checklist chosen.
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('＋食品')
  await dialog.getByRole('button', { name: t('home', 'createDraft') }).click()
  await expect(page.getByRole('form', { name: t('task', 'part_enterprise') })).toBeVisible()
  expect(desk.complaints).toEqual([])
})
